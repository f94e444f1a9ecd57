import type { ExchangeFailure } from "../../protocol/causes/exchange-failure.ts";
import type { Message } from "../../messages/message.ts";

/**
 * Something that people are told while the service or a mail server is waited for:
 * - `no-answer`: an exchange has heard nothing for some seconds.
 * - `retry`: an exchange failed and is tried again.
 * - `over`: what was told to be waited for is there.
 */
export interface WaitNews {
  readonly kind: "no-answer" | "retry" | "over";
  /** What is waited for, and why; null when it is over. */
  readonly reason: Message | null;
  /** How an exchange failed; null where none did yet. */
  readonly way: ExchangeFailure | null;
  /** By the wall clock; null where there is no next try. */
  readonly nextTryAtMs: number | null;
  /** Until when it is waited for, by the wall clock; null when it is over. */
  readonly untilMs: number | null;
}
