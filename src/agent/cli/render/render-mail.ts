import type { AgentRecordsApi } from "../../agent-api.ts";
import type { MailStatus, MailValues, OutboxStatus } from "../../mail/mail-api.ts";
import type { Output } from "../output/output.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import { printable } from "../../../protocol/printable.ts";
import { renderPairs } from "../../../terminal/render-pairs.ts";

/** Where the result mail stands (F36): the switch, the settings in force, the draft, what waits. */
export function renderMail(
  agent: Pick<AgentRecordsApi, "mailSettings" | "outbox">,
  output: Output,
): string {
  const status = agent.mailSettings();
  const say = (ja: string, en: string): string => output.say({ ja, en });
  const parts = [
    renderPairs([[say("結果メール", "Result mail"), status.isOn ? "ON" : "OFF"]]),
    block(say("確定している設定", "Settings in force"), status.confirmed, output),
    ...(status.isDraftConfirmed ? [] : [draftBlock(status, output)]),
    ...waitingBlock(agent.outbox(), output),
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

function block(title: string, values: MailValues | null, output: Output): string {
  const { paint } = output;
  if (values === null) {
    return `${paint("strong", title)}: ${output.say({ ja: "なし", en: "none" })}`;
  }
  const say = (ja: string, en: string): string => output.say({ ja, en });
  const { host, port, user, secure, from, to } = values;
  const pairs = renderPairs([
    [say("メールサーバ", "Mail server"), printable(host)],
    [say("ポート", "Port"), String(port)],
    ["SSL", secure ? "ON" : "OFF"],
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
      const reason = lastReason === null ? "" : `\n    ${printable(lastReason)}`;
      return `  ${formatTime(createdAtMs, language)}  ${printable(subject)} (${tries})${reason}`;
    });
    blocks.push([output.paint("strong", say("送信待ち", "Waiting")), ...lines].join("\n"));
  }
  if (trouble !== null) {
    const title = say("送信できなかったメール", "A mail was not sent");
    const at = formatTime(trouble.atMs, language);
    blocks.push(`${output.paint("bad", title)}: ${at}\n  ${printable(trouble.reason)}`);
  }
  return blocks;
}
