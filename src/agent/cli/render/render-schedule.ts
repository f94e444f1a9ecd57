import type { ScheduleStatus } from "../../schedule/schedule-api.ts";
import type { Output } from "../output/output.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import { renderPairs } from "../../../terminal/render-pairs.ts";
import { taskTimeWords } from "./task-words.ts";

/** When automatic backups run, whether they do, and the next one (F12, F15). */
export function renderSchedule(status: ScheduleStatus, output: Output): string {
  const { schedule, isOn, nextAtMs } = status;
  const none = output.say({ ja: "未設定", en: "none" });
  return renderPairs([
    [output.say({ ja: "自動バックアップ", en: "Automatic backup" }), isOn ? "ON" : "OFF"],
    [
      output.say({ ja: "予定", en: "Schedule" }),
      schedule === null ? none : output.say(taskTimeWords(schedule)),
    ],
    [output.say({ ja: "次回", en: "Next" }), formatTime(nextAtMs, output.language)],
  ]);
}
