import { AgentError } from "../../../agent/agent-error.ts";
import type { AgentHistory } from "../../../agent/state/history.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";

/** The jobs of all kinds behind one, in the order in which they began; from the first one on with 0. IDs have no gaps. */
export function jobsAfter(history: AgentHistory, id: number): readonly JobRecord[] {
  const jobs: JobRecord[] = [];
  for (;;) {
    const job = find(history, id + jobs.length + 1);
    if (job === undefined) return jobs;
    jobs.push(job);
  }
}

function find(history: AgentHistory, id: number): JobRecord | undefined {
  try {
    return history.job(id);
  } catch (error) {
    if (error instanceof AgentError && error.code === "no-such-job") return undefined;
    throw error;
  }
}
