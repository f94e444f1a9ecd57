import type { Message } from "./message.ts";
import { renderMessage } from "./render-message.ts";

/** An error that a person may be told of: `reason` is what is said, `message` the same in English for logs. */
export class SpokenError extends Error {
  readonly reason: Message;

  constructor(reason: Message, cause?: unknown) {
    super(renderMessage(reason, "en"), { cause });
    this.reason = reason;
  }
}
