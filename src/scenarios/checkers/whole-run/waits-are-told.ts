import { CAUSES } from "../../../protocol/causes/causes.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { WaitFact } from "../../observation/wait-fact.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/** A job that went on for so long and ended with a communication error has waited for the service. */
const LONG_MS = 60_000;

/** Milliseconds. Longer than a silence until it is told, and than the pause between two things told. */
const LATEST_MS = 30_000;

/** Times are told in whole milliseconds. */
const ROUNDING_MS = 1;

/**
 * Whoever waits for the service says so. Verifies that the log of a run tells of waiting where a job took
 * long and failed for want of the service, and tells it soon where there was none from the start; and that what is
 * told lies ahead: the next try, and, no sooner, the end of trying. Does not verify how often it is told, nor when
 * it is told of a service that goes away later.
 */
export function waitsAreTold(record: RunRecord): Violation[] {
  return [...untoldWaits(record), ...record.waits.filter(isWrong).map(wronglyTold)];
}

/** Whether a next try or an end is told that has passed, that comes in the wrong order, or that is none. */
function isWrong({ kind, atMs, nextTryAtMs, untilMs }: WaitFact): boolean {
  if (kind === "over") return nextTryAtMs !== null || untilMs !== null;
  if (untilMs === null || untilMs < atMs - ROUNDING_MS) return true;
  if (nextTryAtMs === null) return kind === "retry";
  return nextTryAtMs < atMs - ROUNDING_MS || nextTryAtMs > untilMs + ROUNDING_MS;
}

function wronglyTold({ atMs, nextTryAtMs, untilMs }: WaitFact): Violation {
  const after = (ms: number | null): string => (ms === null ? "-" : `${ms - atMs} ms`);
  const said = { next: after(nextTryAtMs), until: after(untilMs) };
  return { invariant: "waiting", message: message("checked-run.wait-told-wrongly", said) };
}

function untoldWaits({ backups, restores, waits }: RunRecord): Violation[] {
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
    if (waits.some(({ elapsedMs: ms }) => ms >= run.startedMs && ms <= latestMs)) return [];
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
