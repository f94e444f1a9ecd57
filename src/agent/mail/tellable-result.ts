import { mapTexts } from "../../messages/map-texts.ts";
import type { Message } from "../../messages/message.ts";
import { printable } from "../../messages/printable.ts";
import type { Redactor } from "../../messages/redactor.ts";
import type { MailResult } from "../ports/mailer.ts";

/** Characters of what a server said that a reason repeats. */
const WORDS_LENGTH_MAX = 200;

/**
 * What became of a try, as it can be told: what a server said is without secrets (I10), and then
 * without what could upset a terminal, and of bounded length. In this order: half a secret is found by
 * nobody any more.
 */
export function tellableResult(result: MailResult, redactor: Redactor): MailResult {
  const tellable = (reason: Message): Message =>
    mapTexts(reason, (text) => shortened(printable(redactor.redact(text))));
  if (result.kind !== "sent" && result.kind !== "refused") {
    return { ...result, reason: tellable(result.reason) };
  }
  const { refused } = result;
  if (refused === undefined) return result;
  return { ...result, refused: refused.map((one) => ({ ...one, reason: tellable(one.reason) })) };
}

function shortened(words: string): string {
  return words.length > WORDS_LENGTH_MAX ? `${words.slice(0, WORDS_LENGTH_MAX)}…` : words;
}
