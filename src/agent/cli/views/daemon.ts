import type { JobRecord } from "../../../protocol/job-record.ts";
import { printable } from "../../../messages/printable.ts";
import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import type { Words } from "../../../terminal/language.ts";
import type { AgentApi } from "../agent-api.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { JOB_WORDS } from "./job/job.ts";
import { scheduleMembers, scheduleSchema, weeklyTimeWords } from "./schedule.ts";
import { jobStatusLabel, toneOf } from "./status.ts";

/** What the daemon holds. */
export const DAEMON_LINE = lineKind("daemon", "schema.line-daemon", (parts) => {
  const { z, count } = parts;
  const schedule = scheduleSchema(parts);
  return {
    event: z
      .enum(["started", "changed", "ended", "already-running", "waits-for-room", "has-room"])
      .describe("schema.daemon-event"),
    loginId: z.string().nullable().describe("schema.daemon-login"),
    sourceCount: count.nullable(),
    ...schedule,
    isOn: schedule.isOn.nullable(),
    isDayDealtWith: schedule.isDayDealtWith.nullable(),
    waitingMailCount: count.nullable(),
  };
});

type DaemonState = Omit<LineMembers<typeof DAEMON_LINE>, "event">;

/** What a daemon that does not run holds, in a `daemon` line. */
export const NO_DAEMON_STATE: DaemonState = {
  loginId: null,
  sourceCount: null,
  isOn: null,
  at: null,
  weekdays: null,
  nextAt: null,
  isDayDealtWith: null,
  waitingMailCount: null,
};

/** What the daemon holds, in a `daemon` line. */
export function daemonMembers(
  agent: Pick<AgentApi, "account" | "schedule" | "mail" | "sources">,
): DaemonState {
  return {
    loginId: agent.account.info()?.loginId ?? null,
    sourceCount: agent.sources.list().length,
    ...scheduleMembers(agent.schedule.status()),
    waitingMailCount: agent.mail.outbox().mails.length,
  };
}

/** A text with the present in front, as a log has it. */
export function timed(text: string, { language }: Output): string {
  return `${formatTime(Date.now(), language)}  ${text}`;
}

/** What the daemon holds, in one line: who is logged in, the schedule, the next slot, waiting mails. */
export function renderDaemonState(
  agent: Pick<AgentApi, "account" | "schedule" | "mail" | "sources">,
  output: Output,
): string {
  const { schedule, isOn, nextAtMs } = agent.schedule.status();
  const loginId = agent.account.info()?.loginId;
  const mailCount = agent.mail.outbox().mails.length;
  const next = formatTime(nextAtMs, output.language);
  const parts: (Words | undefined)[] = [
    loginId === undefined
      ? { ja: "未ログイン", en: "nobody is logged in" }
      : { ja: `ログイン: ${printable(loginId)}`, en: `logged in: ${printable(loginId)}` },
    schedule === null
      ? { ja: "予定はまだありません", en: "no schedule yet" }
      : {
          ja: `予定: ${weeklyTimeWords(schedule).ja}`,
          en: `schedule: ${weeklyTimeWords(schedule).en}`,
        },
    isOn ? undefined : { ja: "自動バックアップはOFF", en: "automatic backup is OFF" },
    nextAtMs === null ? undefined : { ja: `次回: ${next}`, en: `next: ${next}` },
    agent.sources.list().length === 0
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
  const what = `${output.say(JOB_WORDS[kind].name)} [${id}] ${printable(sourcePath)}`;
  const label = output.paint(toneOf(status), jobStatusLabel(status, output.language));
  if (status === "running" || status === "not-run") {
    return `${what}: ${label}${status === "running" ? "" : ` (${causes.join(", ")})`}`;
  }
  const count = formatCount(job.transferredFileCount);
  const size = formatBytes(job.transferredBytes);
  const moved = output.say({ ja: `${count}件 ${size}`, en: `${count} files, ${size}` });
  return `${what}: ${label} (${moved})`;
}
