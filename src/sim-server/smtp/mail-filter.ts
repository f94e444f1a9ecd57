import { pathGlob } from "../faults/path-glob.ts";
import type { StoredMail } from "./stored-mail.ts";

/** Which mails to look at; a member that is absent lets all through. */
export interface MailFilter {
  /** An envelope recipient, case ignored, exact or with `*` and `?`. */
  readonly to?: string | undefined;
  /** The envelope sender, likewise. */
  readonly from?: string | undefined;
  /** A piece of the decoded subject. */
  readonly subject?: string | undefined;
}

/** A test for mails that fit all of the filter. */
export function mailMatcher({ to, from, subject }: MailFilter): (mail: StoredMail) => boolean {
  const isRecipient = to === undefined ? undefined : pathGlob(to.toLowerCase());
  const isSender = from === undefined ? undefined : pathGlob(from.toLowerCase());
  return (mail) =>
    (isRecipient === undefined ||
      mail.recipients.some((address) => isRecipient(address.toLowerCase()))) &&
    (isSender === undefined || isSender(mail.from.toLowerCase())) &&
    (subject === undefined || mail.subject.includes(subject));
}
