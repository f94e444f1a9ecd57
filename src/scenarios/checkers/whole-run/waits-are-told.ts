import { CAUSES } from "../../../protocol/causes/causes.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/** A job that went on for so long and ended with a communication error has waited for the service. */
const LONG_MS = 60_000;

/** Milliseconds. Longer than a silence until it is told, and than the pause between two things told. */
const LATEST_MS = 30_000;

/**
 * Whoever waits for the service says so. Verifies that the log of a run tells of waiting where a job took
 * long and failed for want of the service, and tells it soon where there was none from the start. Does not
 * verify how often, nor when it is told of a service that goes away later.
 */
export function waitsAreTold({ backups, restores, waitsToldMs }: RunRecord): Violation[] {
  const waited = [...backups, ...restores].filter(
    ({ job, stop, startedMs, endedMs, faults, sleepsMs }) =>
      stop === undefined &&
      // What trickles comes all the time.
      !(faults.storage ?? []).some(({ kind }) => kind === "slow") &&
      // A PC that sleeps waits for nobody.
      endedMs - startedMs - sleepsMs.reduce((sum, ms) => sum + ms, 0) > LONG_MS &&
      job.causes.length > 0 &&
      job.causes.every((cause) => CAUSES[cause].status === "communication-error"),
  );
  return waited.flatMap((run): Violation[] => {
    const latestMs = isGoneFromStart(run) ? run.startedMs + LATEST_MS : run.endedMs;
    if (waitsToldMs.some((atMs) => atMs >= run.startedMs && atMs <= latestMs)) return [];
    const what =
      latestMs === run.endedMs
        ? message("checked-run.untold-wait")
        : message("checked-run.late-wait", { seconds: LATEST_MS / 1000 });
    const said = message("checked-job.says", { job: namedJob(run.job), what });
    return [{ invariant: "waiting", message: said }];
  });
}

/** Whether no exchange of the job could begin, from its first on. */
function isGoneFromStart({ faults, sleepsMs }: Pick<BackupRun, "faults" | "sleepsMs">): boolean {
  const { outage, network = [] } = faults;
  if (sleepsMs.length > 0) return false;
  if (outage !== undefined && outage.from === undefined && outage.afterMs === 0) {
    return outage.forMs === "forever";
  }
  return network.some(
    ({ kind, host, nth = 1, times }) =>
      UNREACHED.has(kind) && host === undefined && nth === 1 && times === "forever",
  );
}

const UNREACHED: ReadonlySet<string> = new Set(["refused", "unreachable", "unresolved", "silent"]);
