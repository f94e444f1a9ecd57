import type { OsTask } from "../../ports/host.ts";
import { clockText, WEEKDAY_NAMES } from "./weekday-names.ts";

/** The name of service and timer. */
export const UNIT_NAME = "azukeru-agent";

/** The service: the tool, started by the timer alone. */
export function serviceUnit(command: readonly string[]): string {
  return `[Unit]
Description=azukeru-agent: automatic backup

[Service]
Type=exec
ExecStart=${command.map(execWord).join(" ")}
# Asked to end, the tool writes its history before it does; only what hangs is killed.
KillMode=mixed
`;
}

/** The timer: local time of the PC, nothing caught up (D4). A service that still runs is not started twice. */
export function timerUnit({ weekdays, minuteOfDay }: OsTask): string {
  const days =
    weekdays.length === 7
      ? ""
      : `${weekdays.map((day) => WEEKDAY_NAMES[day]?.slice(0, 3) ?? "").join(",")} `;
  return `[Unit]
Description=azukeru-agent: starts ahead of each automatic backup

[Timer]
OnCalendar=${days}*-*-* ${clockText(minuteOfDay)}:00
Persistent=false
AccuracySec=1s

[Install]
WantedBy=timers.target
`;
}

/** When a timer that `timerUnit` wrote starts the tool; undefined when somebody else wrote it. */
export function readTimerUnit(text: string): Pick<OsTask, "weekdays" | "minuteOfDay"> | undefined {
  const found = /^OnCalendar=(?:([A-Za-z,]+) )?\*-\*-\* (\d\d):(\d\d):00$/m.exec(text);
  if (found === null) return undefined;
  const [, days, hour, minute] = found;
  const weekdays = WEEKDAY_NAMES.flatMap((name, day) =>
    days === undefined || days.split(",").includes(name.slice(0, 3)) ? [day] : [],
  );
  return { weekdays, minuteOfDay: Number(hour) * 60 + Number(minute) };
}

/** One word of `ExecStart`: quoted, with what systemd would replace (`%`, `$`) doubled. */
function execWord(word: string): string {
  const escaped = word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("%", "%%")
    .replaceAll("$", "$$$$");
  return `"${escaped}"`;
}
