import { HEADERS } from "../../../protocol/http/headers.ts";
import { exchangeError } from "./exchange-error.ts";
import { foreignError, mediaType } from "./read-answer.ts";
import type { HttpAnswer } from "./reception.ts";
import { message, type Message } from "../../../messages/message.ts";

/** How much of an upload the service says that it has, in bytes. Throws when it does not say. */
export function uploadOffsetOf(answer: HttpAnswer, what: Message): number {
  const text = answer.headers[HEADERS.uploadOffset];
  if (typeof text !== "string" || !/^\d{1,15}$/.test(text)) {
    if (mediaType(answer) !== "") throw foreignError(answer, what);
    throw exchangeError("off-contract", what, { detail: message("exchange.no-offset") });
  }
  return Number(text);
}
