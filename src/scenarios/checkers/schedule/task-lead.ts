import type { PcRecord, PcSchedule } from "../../observation/pc-record.ts";
import type { Pc } from "../../scenario/pc.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

const LEAD_MINUTES = 5;
const DAY_MINUTES = 1440;

/**
 * Windows Server 2012 gets no task: the guides say that its registration cannot be used (A317, B373).
 * Does not verify what a person is told there.
 */
export function noTaskOnServer2012(
  { facts }: Pick<PcRecord, "facts">,
  kind: Pc["kind"],
): Violation[] {
  if (kind !== "windows-server-2012") return [];
  return facts.flatMap(({ change, elapsedMs }): Violation[] => {
    if (change.what !== "task" || change.task === null) return [];
    return [{ invariant: "lead", message: message("checked-slot.task-on-2012", { elapsedMs }) }];
  });
}

/**
 * F13: what is registered with the OS starts the tool five minutes ahead of each slot, and at no other time.
 * Does not verify that the OS keeps to it.
 */
export function taskLead({ facts }: Pick<PcRecord, "facts">): Violation[] {
  let schedule: PcSchedule | null = null;
  return facts.flatMap(({ change, elapsedMs }): Violation[] => {
    if (change.what === "schedule") schedule = change.schedule;
    if (change.what !== "task" || change.task === null || schedule === null) return [];
    const [wanted, found] = [timesAhead(schedule), timesOf(change.task)];
    if (wanted.minute === found.minute && wanted.weekdays === found.weekdays) return [];
    const said = message("checked-slot.task-times", {
      elapsedMs,
      found: message("checked-slot.times", found),
      wanted: message("checked-slot.times", wanted),
    });
    return [{ invariant: "lead", message: said }];
  });
}

interface Times {
  readonly minute: number;
  /** In order, joined by commas; 0 is Sunday. */
  readonly weekdays: string;
}

function timesAhead({ weekdays, minuteOfDay }: PcSchedule): Times {
  const minute = minuteOfDay - LEAD_MINUTES;
  if (minute >= 0) return timesOf({ weekdays, minuteOfDay: minute });
  // Right after midnight: the lead is on the day before.
  const before = weekdays.map((day) => (day === 0 ? 6 : day - 1));
  return timesOf({ weekdays: before, minuteOfDay: minute + DAY_MINUTES });
}

function timesOf({ weekdays, minuteOfDay }: PcSchedule): Times {
  const days = weekdays.toSorted((one, other) => one - other).join(",");
  return { minute: minuteOfDay, weekdays: days };
}
