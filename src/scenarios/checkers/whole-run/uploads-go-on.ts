import { message } from "../../../messages/message.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { RequestFact } from "../../observation/request-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { hits } from "../shared/communication.ts";
import { namedJob } from "../shared/named-job.ts";
import { isDestinationTouched } from "../shared/touched.ts";
import type { Violation } from "../shared/violation.ts";
import { isAppend, isTaken, sum, UPLOAD_KEPT_MS } from "./upload-bytes.ts";

/**
 * The invariant `resume`, for files that take several requests: over all runs in which the source stayed as it
 * was, be they complete, stopped or failed, the service acknowledges no byte of a file twice. Verifies the sum of
 * the bytes of appends against that of the files. Does not verify runs behind a lost power, others at work, memory or
 * disks that failed, answers that void an upload, nor what was changed on the service.
 */
export function uploadsGoOn({ backups, scenario }: RunRecord): Violation[] {
  const wholeFileBytesMax = scenario.tuning?.wholeFileBytesMax ?? 4 * 2 ** 20;
  // Jobs of two sources may overlap, and a request does not say whose it is.
  if (scenario.sources.length > 1) return [];
  const stretches = new Map<string, { readonly first: BackupRun; sentBytes: number }>();
  return backups.flatMap((run) => {
    const place = `${run.device} ${run.destination}`;
    const before = stretches.get(place);
    if (!isPlain(run)) {
      stretches.delete(place);
      return [];
    }
    const isSame = before !== undefined && isAsBefore(before.first, run);
    const stretch = isSame ? before : { first: run, sentBytes: 0 };
    stretches.set(place, stretch);
    const had = stretch.sentBytes;
    stretch.sentBytes += acknowledgedBytes(run);
    const facts = [...run.diskBefore.values()];
    const large = facts.filter(
      ({ kind, sizeBytes }) => kind === "file" && sizeBytes > wholeFileBytesMax,
    );
    const total = sum(large.map(({ sizeBytes }) => sizeBytes));
    // Behind a lost power it is not known what the agent knows.
    if (run.stop?.kind === "power-loss") stretches.delete(place);
    if (stretch.sentBytes <= total) return [];
    const said = { sent: stretch.sentBytes - had, total, held: had };
    const what = message("checked-run.sent-large", said);
    const told = message("checked-job.says", { job: namedJob(run.job), what });
    return [{ invariant: "resume" as const, message: told }];
  });
}

/** Whether nothing but lost connections, busy servers and stops befell a run. */
function isPlain(run: BackupRun): boolean {
  return (
    run.diskChanges.length === 0 &&
    !run.crowded &&
    run.acts.length === 0 &&
    !isDestinationTouched(run) &&
    run.serviceBefore.destinationExists &&
    run.serviceBefore.quotaBytes === run.serviceAfter.quotaBytes &&
    run.fired.every(({ layer, hitCount }) => hitCount === 0 || CONNECTING.has(layer)) &&
    (run.faults.storage ?? []).every(
      (fault, index) => hits(run, "storage", index) === 0 || isPassing(fault),
    ) &&
    run.requests.every((request) => !isUpload(request) || !isRefusal(request.status))
  );
}

const CONNECTING: ReadonlySet<string> = new Set(["storage", "network", "outage"]);

/** Whether a fault leaves an upload as it was. */
function isPassing(fault: StorageFault): boolean {
  if (fault.kind === "status") return !isRefusal(fault.status);
  return PASSING.has(fault.kind);
}

const PASSING: ReadonlySet<StorageFault["kind"]> = new Set(["reset", "never-answer", "delay"]);

/** Whether a status says that trying again would not help. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function isUpload({ path }: RequestFact): boolean {
  return path.startsWith("/v1/uploads");
}

/** Whether the source, the folder on the service and the settings are as they were in an earlier run. */
function isAsBefore(first: BackupRun, run: BackupRun): boolean {
  return (
    first.destinationChangeCount === run.destinationChangeCount &&
    first.repairs.length === run.repairs.length &&
    first.jobAtStart.sourceId === run.jobAtStart.sourceId &&
    first.includeHidden === run.includeHidden &&
    run.endedMs - first.startedMs < UPLOAD_KEPT_MS &&
    first.diskBefore.size === run.diskBefore.size &&
    [...run.diskBefore].every(([path, fact]) => {
      const was = first.diskBefore.get(path);
      return JSON.stringify(was) === JSON.stringify(fact);
    })
  );
}

/** Bytes of appends that the service said to have. */
function acknowledgedBytes({ requests }: BackupRun): number {
  const taken = requests.filter((request) => isAppend(request) && isTaken(request));
  return sum(taken.map(({ bodyBytes }) => bodyBytes));
}
