import { message, type Message } from "../../messages/message.ts";
import type { RefusedRecipient } from "../ports/mailer.ts";

/** Why a mail did not reach some of its recipients. */
export function refusedByRecipient(refused: readonly RefusedRecipient[]): Message {
  const reasons = refused.map(({ address, reason }) =>
    message("mail.for-recipient", { address, why: reason }),
  );
  return message("mail.for-recipients", { reasons });
}
