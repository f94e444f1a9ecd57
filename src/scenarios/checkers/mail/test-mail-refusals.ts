import { message, type Message } from "../../../messages/message.ts";
import type { MailActFact, PcRecord } from "../../observation/pc-record.ts";
import type { SmtpFault } from "../../../sim-server/faults/smtp-fault.ts";

/** What a person is told of a test mail that did not come for all: is it worth another try as it is, or is something wrong? */
const BUSY = "mail-server-busy";
const NOT_SENT = "mail-not-sent";

type Reply = Extract<SmtpFault, { readonly kind: "reply" }>;

/** Stages whose refusal is that of the whole mail. */
const WHOLE_STAGES: readonly Reply["stage"][] = ["greeting", "mail", "data"];

/**
 * A test mail that the server put off for everybody is told as the server's being busy; one that it refused for good,
 * for anybody, is not (RFC 5321 section 4.2.1). Verifies tests of settings that are right while nothing but replies
 * of the server, always the same, stands in the way.
 */
export function testMailRefusals({ mailActs, smtpFaults }: PcRecord): Message[] {
  return mailActs.flatMap((act): Message[] => {
    if (act.act !== "test" || act.code === null) return [];
    const faults = smtpFaults.findLast(({ elapsedMs }) => elapsedMs <= act.beganMs)?.faults ?? [];
    const due = dueCode(act, faults);
    if (due === undefined || due === act.code) return [];
    const said = { elapsedMs: act.elapsedMs, code: act.code, due };
    return [message("checked-mail.test-told-otherwise", said)];
  });
}

/** What has to be told; undefined where that cannot be said. */
function dueCode({ settings }: MailActFact, faults: readonly SmtpFault[]): string | undefined {
  if (settings === null || settings.hasRightPassword === false) return undefined;
  if (!settings.secure && settings.port !== 25) return undefined;
  if (faults.length === 0 || !faults.every((fault) => isSteadyReply(fault))) return undefined;
  const [whole] = faults.filter(({ stage }) => WHOLE_STAGES.includes(stage));
  if (whole !== undefined) return faults.length === 1 ? codeOf([whole.code]) : undefined;
  const replies = settings.to.map(
    (address) => faults.find(({ recipient }) => (recipient ?? address) === address)?.code,
  );
  const refused = replies.filter((code) => code !== undefined);
  return refused.length === 0 ? undefined : codeOf(refused);
}

function isSteadyReply(fault: SmtpFault): fault is Reply {
  if (fault.kind !== "reply") return false;
  const { stage, nth = 1, times, recipient } = fault;
  const isKnown = stage === "rcpt" || (WHOLE_STAGES.includes(stage) && recipient === undefined);
  return isKnown && nth === 1 && times === "forever";
}

function codeOf(replies: readonly number[]): string {
  return replies.every((code) => code < 500) ? BUSY : NOT_SENT;
}
