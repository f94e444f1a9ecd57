import { CAUSES } from "../../../protocol/causes/causes.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/** A job that went on for so long and ended with a communication error has waited for the service. */
const LONG_MS = 60_000;

/** The event of the log line that tells of a wait. */
const TOLD = '"event":"waiting"';

/**
 * Whoever waits for the service says so. Verifies that the log of a run tells of waiting where a job took
 * long and failed for want of the service. Does not verify when and how often.
 */
export function waitsAreTold({ backups, restores, logs }: RunRecord): Violation[] {
  const waited = [...backups, ...restores].find(
    ({ job, stop, startedMs, endedMs, faults, sleepsMs }) =>
      stop === undefined &&
      // What trickles comes all the time.
      !(faults.storage ?? []).some(({ kind }) => kind === "slow") &&
      // A PC that sleeps waits for nobody.
      endedMs - startedMs - sleepsMs.reduce((sum, ms) => sum + ms, 0) > LONG_MS &&
      job.causes.length > 0 &&
      job.causes.every((cause) => CAUSES[cause].status === "communication-error"),
  );
  if (waited === undefined || logs.some((line) => line.includes(TOLD))) return [];
  const what = message("checked-run.untold-wait");
  const said = message("checked-job.says", { job: namedJob(waited.job), what });
  return [{ invariant: "waiting", message: said }];
}
