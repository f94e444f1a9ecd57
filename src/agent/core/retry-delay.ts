/** How retries are spaced (D10). */
export interface RetrySpacing {
  readonly retryDelayMs: number;
  readonly retryDelayMsMax: number;
}

/**
 * The pause before try number `attempt` + 1 (`attempt` from 1): doubling from `retryDelayMs` up to
 * `retryDelayMsMax`, then spread over its upper half by `random` in [0, 1), so that agents that
 * failed together do not come back together (D10).
 */
export function retryDelayMs(spacing: RetrySpacing, attempt: number, random: number): number {
  // The exponent is bounded so that it stays a number whatever the attempt.
  const doubled = spacing.retryDelayMs * 2 ** Math.min(attempt - 1, 30);
  const capped = Math.min(doubled, spacing.retryDelayMsMax);
  return Math.round(capped / 2 + (capped / 2) * random);
}
