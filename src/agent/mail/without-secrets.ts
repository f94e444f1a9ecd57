import type { Redactor } from "../../messages/redactor.ts";
import type { MailResult } from "../ports/mailer.ts";

/** What became of a try, without secrets in what a server said (I10). */
export function withoutSecrets(result: MailResult, redactor: Redactor): MailResult {
  if (result.kind !== "sent") return { ...result, reason: redactor.redactMessage(result.reason) };
  const { refused } = result;
  if (refused === undefined) return result;
  return {
    ...result,
    refused: refused.map((one) => ({ ...one, reason: redactor.redactMessage(one.reason) })),
  };
}
