import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";

/** All rows of a job's details. */
export function rowsOf(device: SimulatedDevice, jobId: number): readonly JobFileRecord[] {
  const first = device.agent.jobFiles(jobId);
  const rows = [...first.rows];
  for (let page = 2; page <= first.pageCount; page += 1) {
    rows.push(...device.agent.jobFiles(jobId, { page }).rows);
  }
  return rows;
}
