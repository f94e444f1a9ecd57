import type { Words } from "../../../terminal/language.ts";
import {
  reachOf,
  type TaskReach,
  type TaskRegistration,
  type TaskStatus,
} from "../../schedule/os-task-registration.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { timeText, weeklyTimeWords } from "./schedule.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { type Message } from "../../../messages/message.ts";
import { reasonMembers, reasonSchema } from "./message.ts";

/** The OS scheduler's entry of the tool. */
export const TASK_LINE = lineKind("task", "schema.line-task", (parts) => ({
  event: parts.z
    .enum(["registered", "refused", "cancelled", "removed", "stale", "shown"])
    .describe("schema.task-event"),
  starts: parts.z
    .enum(["always", "while-signed-in", "while-tool-runs"])
    .describe("schema.task-starts"),
  startsAt: parts.z.string().nullable().describe("schema.task-time"),
  weekdays: parts.weekdays.nullable().describe("schema.weekdays"),
  why: parts.z
    .enum(["no-password", "wrong-password", "no-rights", "unsupported", "failed", "cancelled"])
    .nullable()
    .describe("schema.task-why"),
  ...reasonSchema(parts),
}));

type RefusalReason = Extract<TaskRegistration, { kind: "refused" }>["why"] | "cancelled";

/** What each way of starting means for a person. */
const REACH_WORDS: Readonly<Record<TaskReach, Words>> = {
  always: {
    ja: "サインアウト中も、予定の時刻の前に専用ツールが起動します。",
    en: "The tool is started ahead of each backup, signed in or not.",
  },
  "while-signed-in": {
    ja: "サインインしている間だけ、予定の時刻の前に専用ツールが起動します。",
    en: "The tool is started ahead of each backup, but only while you are signed in.",
  },
  "while-tool-runs": {
    ja: "タスクの登録はありません。自動バックアップは、専用ツールが起動している間だけ動きます。",
    en: "No task is registered. Automatic backups run only while the tool runs.",
  },
};

/** Why a registration did not come about, and what to do. */
const REFUSAL_WORDS: Readonly<Record<RefusalReason, Words>> = {
  "no-password": {
    ja: "パスワードのないアカウントでは、サインアウト中に動くタスクを登録できません。OSのアカウントにパスワードを設定してから、もう一度登録してください。",
    en: "An account without a password cannot have a task that runs while signed out. Set a password for it, then register again.",
  },
  "wrong-password": {
    ja: "OSのパスワードが違います。サインインに使うパスワードで、もう一度登録してください。",
    en: "The PC did not accept the password. Register again with the one you sign in with.",
  },
  "no-rights": {
    ja: "登録する権限がありません。管理者として、もう一度登録してください。",
    en: "You may not register it. Register again as an administrator.",
  },
  unsupported: {
    ja: "このPCではタスクを登録できません。",
    en: "No task can be registered on this PC.",
  },
  failed: { ja: "タスクを登録できませんでした。", en: "The task could not be registered." },
  cancelled: { ja: "登録を取り消しました。", en: "The registration was cancelled." },
};

/** What a command did about the task. */
export interface TaskNews {
  readonly event: LineMembers<typeof TASK_LINE>["event"];
  /** The task as it stands afterwards. */
  readonly status: TaskStatus;
  readonly why?: RefusalReason;
  /** What the system said. */
  readonly reason?: Message;
}

/** Tells it: as a `task` line, or what it means for automatic backups in words. */
export function reportTask(output: Output, { event, status, why, reason }: TaskNews): void {
  const { task } = status;
  const starts = reachOf(status);
  output.json(TASK_LINE, {
    event,
    starts,
    startsAt: task === null ? null : timeText(task.minuteOfDay),
    weekdays: task === null ? null : [...task.weekdays],
    why: why ?? null,
    ...reasonMembers(reason, output.language),
  });
  output.text(() => {
    const lines = [
      why === undefined ? undefined : output.say(REFUSAL_WORDS[why]),
      reason === undefined ? undefined : `  ${renderMessage(reason, output.language)}`,
      output.say(REACH_WORDS[starts]),
      task === null
        ? undefined
        : `${output.say({ ja: "起動", en: "Start" })}: ${output.say(weeklyTimeWords(task))}`,
    ];
    return lines.filter((line) => line !== undefined).join("\n");
  });
}
