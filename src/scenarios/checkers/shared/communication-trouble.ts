import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";

/** What one fault does to the exchanges it strikes. */
export interface CommunicationTrouble {
  /** The ways in which it can truly fail; empty for a fault that only slows things down. */
  readonly ways: readonly ExchangeFailure[];
  /** `retried`: trying again can help. `final`: it is not tried again (D10). */
  readonly manner: "retried" | "final";
  /** Virtual milliseconds that one strike can cost before it is noticed. */
  readonly costMs: number;
  /** How often it struck. */
  readonly hitCount: number;
  /** Whether it strikes for as long as the run lasts. */
  readonly isForever: boolean;
  /** What it can strike: everything, or exchanges about this path below the destination. */
  readonly path: string | undefined;
}

/** An answer that is cut off before its first line is whole looks like a connection that was cut. */
export const CUT_ANSWER: readonly ExchangeFailure[] = ["corrupt", "reset"];
