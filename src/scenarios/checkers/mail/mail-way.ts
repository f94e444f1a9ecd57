import { MAIL_USER } from "../../scenario/mail-user.ts";
import type { MailActFact, MailFact, PcRecord } from "../../observation/pc-record.ts";
import type { MailData } from "../../scenario/pc.ts";
import { message, type Message } from "../../../messages/message.ts";
import { inForceAt } from "./mail-fate.ts";

const SENDER = "backup@office.example";
/** Every PC calls itself so, that no name of its network leaves it (decision 0012). */
const CLIENT_NAME = "[127.0.0.1]";
/** At this port nobody is asked for a login. */
const OPEN_PORT = 25;
/** A setting that changes so shortly before may or may not hold. */
const EITHER_WITHIN_MS = 200;

/**
 * I8: each mail goes as its settings say: with TLS exactly where SSL is ON, with the login where the
 * server asks for one, from the sender, with all recipients in its header; and nothing is said to the
 * server before TLS where SSL is ON, nor behind a certificate that does not hold. Gives what is not so. Does not verify who has the mail.
 */
export function wrongWays(pc: PcRecord, isTest: (mail: MailFact) => boolean): readonly Message[] {
  const said: Message[] = [];
  for (const mail of pc.mails) {
    const settings = isTest(mail) ? tested(pc, mail.elapsedMs) : inForceAround(pc, mail.elapsedMs);
    if (settings.some((one) => goesBy(mail, one))) continue;
    const { subject, isTls, user, fromHeader, toHeader, isAutomatic, clientName } = mail;
    const ways = { isTls, user, from: fromHeader, to: toHeader, isAutomatic, clientName };
    const found = JSON.stringify(ways);
    said.push(message("checked-mail.other-way", { subject: JSON.stringify(subject), found }));
  }
  return [...said, ...saidInTheClear(pc), ...saidToAnother(pc)];
}

function goesBy(mail: MailFact, { to, secure, port }: MailData): boolean {
  return (
    mail.isTls === secure &&
    mail.user === (port === OPEN_PORT ? null : MAIL_USER.user) &&
    mail.from === SENDER &&
    mail.fromHeader === SENDER &&
    mail.toHeader === to.join(", ") &&
    mail.isAutomatic &&
    mail.clientName === CLIENT_NAME
  );
}

/** What a sender and a login are said to on a connection without TLS, though every settings that hold want it. */
function saidInTheClear(pc: PcRecord): readonly Message[] {
  const withTls = new Set<number>();
  return pc.smtp.flatMap(({ connection, kind, elapsedMs }): readonly Message[] => {
    if (kind === "tls") withTls.add(connection);
    if ((kind !== "auth" && kind !== "mail") || withTls.has(connection)) return [];
    const settings = [...inForceAround(pc, elapsedMs), ...tested(pc, elapsedMs)];
    if (settings.length === 0 || settings.some(({ secure }) => !secure)) return [];
    return [message("checked-mail.in-the-clear", { kind, elapsedMs })];
  });
}

/** What is said on a connection on which the server showed a certificate that does not hold. */
function saidToAnother({ smtp }: PcRecord): readonly Message[] {
  const others = new Set<number>();
  return smtp.flatMap(({ connection, kind, detail, elapsedMs }): readonly Message[] => {
    if (kind === "fault" && detail === "handshake certificate") others.add(connection);
    if ((kind !== "auth" && kind !== "mail") || !others.has(connection)) return [];
    return [message("checked-mail.to-another", { kind, elapsedMs })];
  });
}

function inForceAround(pc: PcRecord, atMs: number): readonly MailData[] {
  return [inForceAt(pc, atMs), inForceAt(pc, atMs - EITHER_WITHIN_MS)].filter(
    (mail): mail is MailData => mail !== null,
  );
}

/** The settings of the tests that were under way at a moment. */
function tested({ mailActs }: PcRecord, atMs: number): readonly MailData[] {
  const isUnderWay = ({ act, beganMs, elapsedMs }: MailActFact): boolean =>
    act === "test" && beganMs <= atMs && atMs <= elapsedMs;
  return mailActs
    .filter((act) => isUnderWay(act))
    .flatMap(({ settings }) => (settings === null ? [] : [settings]));
}
