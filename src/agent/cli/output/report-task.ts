import {
  reachOf,
  type TaskRegistration,
  type TaskStatus,
} from "../../schedule/os-task-registration.ts";
import { printable } from "../../../protocol/printable.ts";
import { REACH_WORDS, REFUSAL_WORDS, taskTimeWords, timeText } from "../render/task-words.ts";
import type { LineMembers } from "./output-line.ts";
import type { Output } from "./output.ts";

type Refusal = Extract<TaskRegistration, { kind: "refused" }>;

/** What a command did about the task. */
export interface TaskNews {
  readonly event: LineMembers<"task">["event"];
  /** The task as it stands afterwards. */
  readonly status: TaskStatus;
  readonly why?: Refusal["why"] | "cancelled";
  /** What the system said. */
  readonly reason?: string;
}

/** Tells it: as a `task` line, or what it means for automatic backups in words. */
export function reportTask(output: Output, { event, status, why, reason }: TaskNews): void {
  const { task } = status;
  const starts = reachOf(status);
  output.json("task", {
    event,
    starts,
    startsAt: task === null ? null : timeText(task.minuteOfDay),
    weekdays: task === null ? null : [...task.weekdays],
    why: why ?? null,
    reason: reason ?? null,
  });
  output.text(() => {
    const lines = [
      why === undefined ? undefined : output.say(REFUSAL_WORDS[why]),
      reason === undefined ? undefined : `  ${printable(reason)}`,
      output.say(REACH_WORDS[starts]),
      task === null
        ? undefined
        : `${output.say({ ja: "起動", en: "Start" })}: ${output.say(taskTimeWords(task))}`,
    ];
    return lines.filter((line) => line !== undefined).join("\n");
  });
}
