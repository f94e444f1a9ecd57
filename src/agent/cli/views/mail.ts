import { printable } from "../../../messages/printable.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import type { Words } from "../../../terminal/language.ts";
import { renderPairs } from "../../../terminal/render-pairs.ts";
import type { AgentRecordsApi } from "../agent-api.ts";
import type { MailStatus, OutboxStatus } from "../../mail/mail-records.ts";
import type { MailValues } from "../../mail/requests.ts";
import type { MailNews } from "../../mail/sender.ts";
import { instantText } from "../output/instant-text.ts";
import { lineKind, sharedSchema, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { messageMembers, messageSchema, reasonMembers, reasonSchema } from "./message.ts";
import { type Language } from "../../../terminal/language.ts";

const valuesSchema = sharedSchema(({ z }) =>
  z
    .strictObject({
      server: z.string(),
      port: z.int().min(1).max(65_535),
      user: z.string().describe("schema.mail-user"),
      from: z.string(),
      to: z.array(z.string()).describe("schema.mail-to"),
      secure: z.boolean().describe("schema.mail-secure"),
      tlsMode: z.enum(["implicit", "starttls"]).nullable().describe("schema.mail-tls-mode"),
    })
    .nullable(),
);

/** Where the result mail stands. */
export const MAIL_LINE = lineKind("mail", "schema.line-mail", (parts) => {
  const { z, identifier, instant, count } = parts;
  const values = valuesSchema(parts);
  return {
    isOn: z.boolean(),
    confirmed: values.describe("schema.mail-confirmed"),
    draft: values.describe("schema.mail-draft"),
    isDraftTested: z.boolean().describe("schema.mail-draft-tested"),
    isLoginUnused: z.boolean().describe("schema.mail-login-unused"),
    isDraftConfirmed: z.boolean().describe("schema.mail-draft-confirmed"),
    waitingMails: z.array(
      z.strictObject({
        mailId: identifier,
        createdAt: instant,
        subject: z.string(),
        attemptCount: count,
        nextAttemptAt: instant,
        lastReason: z.string().nullable().describe("schema.mail-last-reason"),
        lastReasonMessage: messageSchema(parts).nullable().describe("schema.reason-message"),
      }),
    ),
    troubleAt: instant.nullable().describe("schema.mail-trouble-at"),
    troubleReason: z.string().nullable().describe("schema.mail-trouble-reason"),
    troubleReasonMessage: messageSchema(parts).nullable().describe("schema.reason-message"),
  };
});

/** What a try to send a mail came to. */
export const MAIL_TRY_LINE = lineKind("mail-try", "schema.line-mail-try", (parts) => ({
  subject: parts.z.string(),
  outcome: parts.z.enum(["sent", "waiting", "failed"]).describe("schema.mail-try-outcome"),
  ...reasonSchema(parts),
}));

const TRY_OUTCOMES: Readonly<Record<MailNews["outcome"], Words>> = {
  sent: { ja: "メールを送信しました", en: "Mail sent" },
  waiting: { ja: "メールを送信できません。また試します", en: "Mail not sent, to be tried again" },
  failed: { ja: "メールを送信できませんでした", en: "Mail given up" },
};

/** The members of a `mail-try` line. */
export function mailTryMembers(
  { subject, outcome, reason }: MailNews,
  language: Language,
): LineMembers<typeof MAIL_TRY_LINE> {
  return { subject, outcome, ...reasonMembers(reason, language) };
}

/** The members of a `mail` line. */
export function mailMembers(
  agent: Pick<AgentRecordsApi, "mail">,
  language: Language,
): LineMembers<typeof MAIL_LINE> {
  const { isOn, confirmed, draft, isDraftTested, isLoginUnused, isDraftConfirmed } =
    agent.mail.settings();
  const { mails, trouble } = agent.mail.outbox();
  return {
    isOn,
    confirmed: valuesMembers(confirmed),
    draft: valuesMembers(draft),
    isDraftTested,
    isLoginUnused,
    isDraftConfirmed,
    waitingMails: mails.map((mail) => ({
      mailId: mail.id,
      createdAt: instantText(mail.createdAtMs),
      subject: mail.subject,
      attemptCount: mail.attemptCount,
      nextAttemptAt: instantText(mail.nextAttemptAtMs),
      lastReason: mail.lastReason === null ? null : renderMessage(mail.lastReason, language),
      lastReasonMessage: messageMembers(mail.lastReason),
    })),
    troubleAt: trouble === null ? null : instantText(trouble.atMs),
    troubleReason: trouble === null ? null : renderMessage(trouble.reason, language),
    troubleReasonMessage: messageMembers(trouble?.reason ?? null),
  };
}

function valuesMembers(found: MailValues | null): LineMembers<typeof MAIL_LINE>["draft"] {
  if (found === null) return null;
  const { host, port, user, from, to, secure, tlsMode = null } = found;
  return { server: host, port, user, from, to: [...to], secure, tlsMode };
}

/** Where the result mail stands (F36): the switch, the settings in force, the draft, what waits. */
export function renderMail(agent: Pick<AgentRecordsApi, "mail">, output: Output): string {
  const status = agent.mail.settings();
  const say = (ja: string, en: string): string => output.say({ ja, en });
  const parts = [
    renderPairs([[say("結果メール", "Result mail"), status.isOn ? "ON" : "OFF"]]),
    block(say("確定している設定", "Settings in force"), status.confirmed, output),
    ...(status.isDraftConfirmed ? [] : [draftBlock(status, output)]),
    ...(status.isLoginUnused ? [renderLoginUnused(output)] : []),
    ...waitingBlock(agent.mail.outbox(), output),
  ];
  return parts.join("\n\n");
}

function draftBlock(status: MailStatus, output: Output): string {
  const title = output.say({ ja: "まだ確定していない設定", en: "Settings not confirmed yet" });
  const hint = status.isDraftTested
    ? output.say({
        ja: "テストメールは送信済みです。azukeru-agent mail confirm で確定できます。",
        en: "A test mail was sent. Put them in force with azukeru-agent mail confirm.",
      })
    : output.say({
        ja: "azukeru-agent mail test でテストメールを送信してから確定してください。",
        en: "Send a test mail with azukeru-agent mail test, then confirm them.",
      });
  const shown = block(title, status.draft, output);
  return status.draft === null ? shown : `${shown}\n${hint}`;
}

function renderLoginUnused(output: Output): string {
  return output.say({
    ja: "メールサーバは認証を求めません。ユーザ名とパスワードは使われません。",
    en: "The mail server asks for no login. User name and password are not used.",
  });
}

function block(title: string, values: MailValues | null, output: Output): string {
  const { paint } = output;
  if (values === null) {
    return `${paint("strong", title)}: ${output.say({ ja: "なし", en: "none" })}`;
  }
  const say = (ja: string, en: string): string => output.say({ ja, en });
  const { host, port, user, secure, tlsMode, from, to } = values;
  const ssl = secure ? "ON" : "OFF";
  const pairs = renderPairs([
    [say("メールサーバ", "Mail server"), printable(host)],
    [say("ポート", "Port"), String(port)],
    ["SSL", tlsMode === undefined ? ssl : `${ssl} (${tlsMode})`],
    [say("ユーザ名", "User"), user === "" ? "-" : printable(user)],
    [say("送信元", "Sender"), printable(from)],
    [say("送信先", "Recipients"), printable(to.join(", "))],
  ]);
  return `${paint("strong", title)}\n${pairs}`;
}

function waitingBlock({ mails, trouble }: OutboxStatus, output: Output): string[] {
  const { language } = output;
  const say = (ja: string, en: string): string => output.say({ ja, en });
  const blocks: string[] = [];
  if (mails.length > 0) {
    const lines = mails.map(({ createdAtMs, subject, attemptCount, lastReason }) => {
      const tries = say(`${attemptCount}回送信`, `tries: ${attemptCount}`);
      const reason = lastReason === null ? "" : `\n    ${renderMessage(lastReason, language)}`;
      return `  ${formatTime(createdAtMs, language)}  ${printable(subject)} (${tries})${reason}`;
    });
    blocks.push([output.paint("strong", say("送信待ち", "Waiting")), ...lines].join("\n"));
  }
  if (trouble !== null) {
    const title = say("送信できなかったメール", "A mail was not sent");
    const at = formatTime(trouble.atMs, language);
    blocks.push(
      `${output.paint("bad", title)}: ${at}\n  ${renderMessage(trouble.reason, language)}`,
    );
  }
  return blocks;
}

/** What a try to send a mail came to, in one line. */
export function renderMailTry({ subject, outcome, reason }: MailNews, output: Output): string {
  const text = `${output.say(TRY_OUTCOMES[outcome])}: ${printable(subject)}`;
  return reason === null ? text : `${text} (${renderMessage(reason, output.language)})`;
}
