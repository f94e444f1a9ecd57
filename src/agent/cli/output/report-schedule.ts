import type { ScheduleStatus } from "../../schedule/schedule-api.ts";
import { renderSchedule } from "../render/render-schedule.ts";
import { timeText } from "../render/task-words.ts";
import { instantText } from "./job-line.ts";
import type { LineMembers } from "./output-line.ts";
import type { Output } from "./output.ts";

/** Tells the schedule as it stands: as a `schedule` line, or in words. */
export function reportSchedule(
  output: Output,
  event: LineMembers<"schedule">["event"],
  status: ScheduleStatus,
): void {
  output.json("schedule", { event, ...scheduleMembers(status) });
  output.text(() => renderSchedule(status, output));
}

/** A schedule's members in a line. */
export function scheduleMembers({
  schedule,
  isOn,
  nextAtMs,
}: ScheduleStatus): Omit<LineMembers<"schedule">, "event"> {
  return {
    isOn,
    at: schedule === null ? null : timeText(schedule.minuteOfDay),
    weekdays: schedule === null ? null : [...schedule.weekdays],
    nextAt: nextAtMs === null ? null : instantText(nextAtMs),
  };
}
