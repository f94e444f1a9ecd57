import { formatTime } from "../../../terminal/format-time.ts";
import type { Language, Words } from "../../../terminal/language.ts";
import { renderPairs } from "../../../terminal/render-pairs.ts";
import type { ScheduleStatus } from "../../schedule/schedule-records.ts";
import { instantOrNull } from "../output/instant-text.ts";
import { lineKind, sharedSchema, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

type Schedule = NonNullable<ScheduleStatus["schedule"]>;

/** What a `schedule` and a `daemon` line say of the schedule. */
export const scheduleSchema = sharedSchema(({ z, weekdays, instant }) => ({
  isOn: z.boolean().describe("schema.schedule-on"),
  at: z.string().nullable().describe("schema.schedule-time"),
  weekdays: weekdays.nullable().describe("schema.weekdays"),
  nextAt: instant.nullable().describe("schema.schedule-next"),
  isDayDealtWith: z.boolean().describe("schema.schedule-day-done"),
}));

/** The schedule of automatic backups. */
export const SCHEDULE_LINE = lineKind("schedule", "schema.line-schedule", (parts) => ({
  event: parts.z.enum(["shown", "set", "on", "off"]),
  ...scheduleSchema(parts),
}));

/** A schedule's members in a line. */
export function scheduleMembers({
  schedule,
  isOn,
  nextAtMs,
  isDayDealtWith,
}: ScheduleStatus): Omit<LineMembers<typeof SCHEDULE_LINE>, "event"> {
  return {
    isOn,
    at: schedule === null ? null : timeText(schedule.minuteOfDay),
    weekdays: schedule === null ? null : [...schedule.weekdays],
    nextAt: instantOrNull(nextAtMs),
    isDayDealtWith,
  };
}

/** Tells the schedule as it stands: as a `schedule` line, or in words. */
export function reportSchedule(
  output: Output,
  event: LineMembers<typeof SCHEDULE_LINE>["event"],
  status: ScheduleStatus,
): void {
  output.json(SCHEDULE_LINE, { event, ...scheduleMembers(status) });
  output.text(() => renderSchedule(status, output));
}

/** When automatic backups run, whether they do, and the next one (F12, F15). */
function renderSchedule(status: ScheduleStatus, output: Output): string {
  const { schedule, isOn, nextAtMs, isDayDealtWith } = status;
  const none = output.say({ ja: "未設定", en: "none" });
  const pairs = renderPairs([
    [output.say({ ja: "自動バックアップ", en: "Automatic backup" }), isOn ? "ON" : "OFF"],
    [
      output.say({ ja: "予定", en: "Schedule" }),
      schedule === null ? none : output.say(weeklyTimeWords(schedule)),
    ],
    [output.say({ ja: "次回", en: "Next" }), formatTime(nextAtMs, output.language)],
  ]);
  if (!isDayDealtWith) return pairs;
  const note = output.say({
    ja: "その日の自動バックアップは変更前の時刻に済んでいるため、新しい時刻は次回の日時から有効です。",
    en: "The automatic backup of that day was dealt with at its earlier time: the new time holds from the next one on.",
  });
  return `${pairs}\n${note}`;
}

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  ja: ["日", "月", "火", "水", "木", "金", "土"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
};

/** When a schedule or a task starts, in one line. */
export function weeklyTimeWords({ weekdays, minuteOfDay }: Schedule): Words {
  const time = timeText(minuteOfDay);
  const names = (language: Language, between: string): string =>
    weekdays.map((day) => DAYS[language][day]).join(between);
  if (weekdays.length === 7) return { ja: `毎日 ${time}`, en: `every day at ${time}` };
  return { ja: `${names("ja", "・")} ${time}`, en: `${names("en", ", ")} at ${time}` };
}

/** `03:05` for 185. */
export function timeText(minuteOfDay: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
