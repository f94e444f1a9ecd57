import type {
  TaskReach,
  TaskRegistration,
  TaskStatus,
} from "../../schedule/os-task-registration.ts";
import type { Words } from "../../../terminal/language.ts";

type Why = Extract<TaskRegistration, { kind: "refused" }>["why"];

/** What each way of starting means for a person. */
export const REACH_WORDS: Readonly<Record<TaskReach, Words>> = {
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
export const REFUSAL_WORDS: Readonly<Record<Why | "cancelled", Words>> = {
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

const DAYS: Readonly<Record<"ja" | "en", readonly string[]>> = {
  ja: ["日", "月", "火", "水", "木", "金", "土"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};

/** When a task starts, in one line. */
export function taskTimeWords({ weekdays, minuteOfDay }: NonNullable<TaskStatus["task"]>): Words {
  const time = timeText(minuteOfDay);
  const names = (language: "ja" | "en", between: string): string =>
    weekdays.map((day) => DAYS[language][day]).join(between);
  if (weekdays.length === 7) return { ja: `毎日 ${time}`, en: `every day at ${time}` };
  return { ja: `${names("ja", "・")} ${time}`, en: `${names("en", ", ")} at ${time}` };
}

/** `03:05` for 185. */
export function timeText(minuteOfDay: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
