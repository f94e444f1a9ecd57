import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { AgentHost } from "../process/agent-host.ts";

/** All rows of a job's details. */
export function rowsOf(host: AgentHost, jobId: number): readonly JobFileRecord[] {
  const first = host.agent.jobFiles(jobId);
  const rows = [...first.rows];
  for (let page = 2; page <= first.pageCount; page += 1) {
    rows.push(...host.agent.jobFiles(jobId, { page }).rows);
  }
  return rows;
}
