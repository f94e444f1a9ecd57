import type { AgentApi } from "../../agent-api.ts";
import type { MailNews } from "../../mail/mail-api.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { JobKind } from "../../../protocol/job-kind.ts";
import type { Output } from "../output/output.ts";
import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import type { Words } from "../../../terminal/language.ts";
import { printable } from "../../../protocol/printable.ts";
import { jobStatusLabel, toneOf } from "./status-words.ts";
import { taskTimeWords } from "./task-words.ts";

const KINDS: Readonly<Record<JobKind, Words>> = {
  backup: { ja: "バックアップ", en: "Backup" },
  restore: { ja: "復元", en: "Restore" },
  delete: { ja: "差分比較削除", en: "Deletion" },
};

const OUTCOMES: Readonly<Record<MailNews["outcome"], Words>> = {
  sent: { ja: "メールを送信しました", en: "Mail sent" },
  waiting: { ja: "メールを送信できません。また試します", en: "Mail not sent, to be tried again" },
  failed: { ja: "メールを送信できませんでした", en: "Mail given up" },
};

/** A text with the present in front, as a log has it. */
export function timed(text: string, { language }: Output): string {
  return `${formatTime(Date.now(), language)}  ${text}`;
}

/** What the daemon holds, in one line: who is logged in, the schedule, the next slot, waiting mails. */
export function renderDaemonState(
  agent: Pick<AgentApi, "account" | "schedule" | "outbox" | "sources">,
  output: Output,
): string {
  const { schedule, isOn, nextAtMs } = agent.schedule();
  const loginId = agent.account()?.loginId;
  const mailCount = agent.outbox().mails.length;
  const next = formatTime(nextAtMs, output.language);
  const parts: (Words | undefined)[] = [
    loginId === undefined
      ? { ja: "未ログイン", en: "nobody is logged in" }
      : { ja: `ログイン: ${printable(loginId)}`, en: `logged in: ${printable(loginId)}` },
    schedule === null
      ? { ja: "予定はまだありません", en: "no schedule yet" }
      : {
          ja: `予定: ${taskTimeWords(schedule).ja}`,
          en: `schedule: ${taskTimeWords(schedule).en}`,
        },
    isOn ? undefined : { ja: "自動バックアップはOFF", en: "automatic backup is OFF" },
    nextAtMs === null ? undefined : { ja: `次回: ${next}`, en: `next: ${next}` },
    agent.sources().length === 0
      ? { ja: "バックアップ元がありません", en: "no source folder" }
      : undefined,
    mailCount === 0
      ? undefined
      : { ja: `送信待ちのメール: ${mailCount}通`, en: `mails that wait: ${mailCount}` },
  ];
  const separator = output.say({ ja: "、", en: "; " });
  return parts
    .filter((part) => part !== undefined)
    .map((part) => output.say(part))
    .join(separator);
}

/** A job that starts, ended or does not run, in one line. */
export function renderDaemonJob(job: JobRecord, output: Output): string {
  const { kind, status, sourcePath, id, causes } = job;
  const what = `${output.say(KINDS[kind])} [${id}] ${printable(sourcePath)}`;
  const label = output.paint(toneOf(status), jobStatusLabel(status, output.language));
  if (status === "running" || status === "not-run") {
    return `${what}: ${label}${status === "running" ? "" : ` (${causes.join(", ")})`}`;
  }
  const count = formatCount(job.transferredFileCount);
  const size = formatBytes(job.transferredBytes);
  const moved = output.say({ ja: `${count}件 ${size}`, en: `${count} files, ${size}` });
  return `${what}: ${label} (${moved})`;
}

/** What a try to send a mail came to, in one line. */
export function renderDaemonMail({ subject, outcome, reason }: MailNews, output: Output): string {
  const text = `${output.say(OUTCOMES[outcome])}: ${printable(subject)}`;
  return reason === null ? text : `${text} (${printable(reason)})`;
}
