import type { JobObservation } from "../../observation/job-observation.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";

/**
 * What ended a job, given what came while it was at work: the last rows of a job and its end are one transaction,
 * and where the process ends as those rows are told, the job was over. `jobId` is undefined for a job that
 * never worked.
 */
export function stopsOf(
  { crashes }: SimulatedDevice,
  jobId: number | undefined,
  stop: StopFact | undefined,
): Pick<JobObservation, "stop" | "stopBehind"> {
  // Of another kind, it was the end of an earlier process at the same instant.
  const crash = crashes.findLast(
    ({ elapsedMs, kind }) => elapsedMs === stop?.atMs && kind === stop.kind,
  );
  if (crash === undefined || jobId === undefined || crash.openJobs.some(({ id }) => id === jobId))
    return { stop, stopBehind: undefined };
  return { stop: stop?.earlier, stopBehind: stop };
}
