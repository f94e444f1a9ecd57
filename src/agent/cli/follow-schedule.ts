import type { ScheduleStatus } from "../schedule/schedule-records.ts";
import {
  needsPassword,
  osTask,
  registerOsTask,
  type Host,
} from "../schedule/os-task-registration.ts";
import type { CommandContext } from "./command-runner.ts";
import { reportTask } from "./views/task.ts";
import { taskCommand } from "./task-command.ts";

/**
 * Lets the OS task follow a schedule that was changed (F13): registered anew where one was and no
 * password is needed for it, taken away with automatic backup OFF. Where a password is needed, tells
 * that it is to be registered anew. Does nothing where none is registered.
 */
export async function followSchedule(
  context: CommandContext,
  host: Host,
  { schedule, isOn }: ScheduleStatus,
): Promise<void> {
  const { output, homePath } = context;
  const before = await host.taskStatus();
  if (!before.isRegistered || schedule === null) return;
  if (!isOn) {
    await host.removeTask();
    reportTask(output, { event: "removed", status: await host.taskStatus() });
    return;
  }
  const command = taskCommand(homePath);
  const wanted = osTask(schedule, command);
  const { task } = before;
  if (task?.minuteOfDay === wanted.minuteOfDay && task.weekdays.join() === wanted.weekdays.join()) {
    return;
  }
  if (needsPassword(host.kind)) {
    reportTask(output, { event: "stale", status: before });
    const register = context.suggest("task register");
    output.note({
      ja: `OSのタスクは前の時刻のままです。${register} で登録し直してください。`,
      en: `The OS task still has the time before. Register it anew with ${register}.`,
    });
    return;
  }
  const result = await registerOsTask(host, { schedule, command, password: undefined });
  const status = await host.taskStatus();
  if (result.kind === "refused") {
    const { why, reason } = result;
    reportTask(output, { event: "refused", status, why, reason });
  } else {
    reportTask(output, {
      event: "registered",
      status,
      ...(result.kind === "registered" ? {} : { reason: result.reason }),
    });
  }
}
