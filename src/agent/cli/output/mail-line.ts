import type { AgentRecordsApi } from "../../agent-api.ts";
import type { MailValues } from "../../mail/mail-api.ts";
import { instantText } from "./job-line.ts";
import type { LineMembers } from "./output-line.ts";

/** The members of a `mail` line. */
export function mailMembers(
  agent: Pick<AgentRecordsApi, "mailSettings" | "outbox">,
): LineMembers<"mail"> {
  const { isOn, confirmed, draft, isDraftTested, isDraftConfirmed } = agent.mailSettings();
  const { mails, trouble } = agent.outbox();
  return {
    isOn,
    confirmed: values(confirmed),
    draft: values(draft),
    isDraftTested,
    isDraftConfirmed,
    waitingMails: mails.map((mail) => ({
      mailId: mail.id,
      createdAt: instantText(mail.createdAtMs),
      subject: mail.subject,
      attemptCount: mail.attemptCount,
      nextAttemptAt: instantText(mail.nextAttemptAtMs),
      lastReason: mail.lastReason,
    })),
    troubleAt: trouble === null ? null : instantText(trouble.atMs),
    troubleReason: trouble === null ? null : trouble.reason,
  };
}

function values(found: MailValues | null): LineMembers<"mail">["draft"] {
  if (found === null) return null;
  const { host, port, user, from, to, secure } = found;
  return { server: host, port, user, from, to: [...to], secure };
}
