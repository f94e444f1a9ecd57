import type { ScenarioTuning } from "../../scenario/scenario-tuning.ts";

/** How often and how long the agent has to try a failing exchange again (D10): the expected policy, written down without a look at the agent. */
export interface RetryPolicy {
  readonly requestTimeoutMs: number;
  readonly retryBudgetMs: number;
  /** The same where an answer came that is not the service's. */
  readonly foreignRetryBudgetMs: number;
  readonly retryDelayMs: number;
  readonly retryDelayMsMax: number;
  /** How often a file that changes or is locked is tried again. */
  readonly unstableFileRetryCount: number;
}

/** What holds where a scenario says nothing: the product's own figures. */
const PRODUCT: RetryPolicy = {
  requestTimeoutMs: 60_000,
  retryBudgetMs: 10 * 60_000,
  foreignRetryBudgetMs: 30_000,
  retryDelayMs: 1000,
  retryDelayMsMax: 60_000,
  unstableFileRetryCount: 3,
};

/** The retry policy of a scenario's agent. */
export function retryPolicyOf(tuning: ScenarioTuning | undefined): RetryPolicy {
  return {
    requestTimeoutMs: tuning?.requestTimeoutMs ?? PRODUCT.requestTimeoutMs,
    retryBudgetMs: tuning?.retryBudgetMs ?? PRODUCT.retryBudgetMs,
    foreignRetryBudgetMs: PRODUCT.foreignRetryBudgetMs,
    retryDelayMs: tuning?.retryDelayMs ?? PRODUCT.retryDelayMs,
    retryDelayMsMax: tuning?.retryDelayMsMax ?? PRODUCT.retryDelayMsMax,
    unstableFileRetryCount: tuning?.unstableFileRetryCount ?? PRODUCT.unstableFileRetryCount,
  };
}

/**
 * The longest that so many failures in a row can hold one exchange up, when all of them strike the
 * same one: each costs its own time and the longest pause that may follow it.
 */
export function longestDelayMs(
  retryPolicy: RetryPolicy,
  failureCostsMs: readonly number[],
): number {
  return failureCostsMs.reduce((sum, costMs, index) => {
    const pauseMs = Math.min(retryPolicy.retryDelayMs * 2 ** index, retryPolicy.retryDelayMsMax);
    return sum + costMs + pauseMs;
  }, 0);
}
