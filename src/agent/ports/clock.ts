/**
 * Time as the agent sees it. The real one is the machine's; the simulated one is virtual. A clock
 * may be set back or forward by a person, so durations are never differences of `nowMs` where
 * `elapsedMs` serves.
 */
export interface Clock {
  /** Wall-clock milliseconds since 1970, UTC. */
  nowMs(): number;
  /** Milliseconds since some fixed moment; never goes back. */
  elapsedMs(): number;
  /**
   * Calls `callback` once after `delayMs` (0 to 2^31-1). Returns the function that cancels it;
   * cancelling late or twice does nothing.
   */
  setTimer(delayMs: number, callback: () => void): () => void;
}
