import type { DeleteRun } from "../../observation/delete-run.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";

/** A delete job, and what its agent knew. */
export interface DeleteFacts {
  readonly deletion: DeleteRun;
  /** Before the backup that the job follows, and after it. */
  readonly known: AgentKnowledge;
  readonly knownNow: AgentKnowledge;
  readonly retryPolicy: RetryPolicy;
}
