import type { OsTask, TaskStatus } from "../../ports/host.ts";
import { clockText, WEEKDAY_NAMES } from "./weekday-names.ts";
import { windowsCommandLine } from "./windows-command-line.ts";
import { xmlText } from "./xml-text.ts";

/** With whose rights a task runs, and when. */
export interface TaskPrincipal {
  /** `PC\taro`. */
  readonly user: string;
  /** `Password`: whether or not the user is signed in. `InteractiveToken`: only while he is. */
  readonly logonType: "Password" | "InteractiveToken";
}

/**
 * A task of Windows' Task Scheduler (schema 1.2: Vista and later). Its start has no zone and so
 * means local time wherever the PC is. It wakes no PC, catches no missed start up, is not started
 * twice, has no time limit, and runs on batteries as well.
 */
export function windowsTaskXml(task: OsTask, { user, logonType }: TaskPrincipal): string {
  const [program = "", ...args] = task.command;
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>azukeru-agent: automatic backup / 自動バックアップ</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2020-01-01T${clockText(task.minuteOfDay)}:00</StartBoundary>
      <Enabled>true</Enabled>
${scheduleXml(task.weekdays)}
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${xmlText(user)}</UserId>
      <LogonType>${logonType}</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>false</StartWhenAvailable>
    <Enabled>true</Enabled>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${xmlText(program)}</Command>
      <Arguments>${xmlText(windowsCommandLine(args))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

function scheduleXml(weekdays: readonly number[]): string {
  if (weekdays.length === 7) {
    return "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";
  }
  const days = weekdays.map((day) => `<${WEEKDAY_NAMES[day]} />`).join("");
  return `      <ScheduleByWeek><WeeksInterval>1</WeeksInterval><DaysOfWeek>${days}</DaysOfWeek></ScheduleByWeek>`;
}

/**
 * What a registered task says about itself, in the scheduler's own spelling. A task or trigger that
 * a person switched off starts nothing and is none.
 */
export function readWindowsTask(xml: string): TaskStatus {
  const start = /<StartBoundary>[^<]*T(\d\d):(\d\d)/.exec(xml);
  if (start === null || /<Enabled>\s*false/.test(xml)) {
    return { isRegistered: false, worksSignedOut: false, task: null };
  }
  const days = /<DaysOfWeek>(.*?)<\/DaysOfWeek>/s.exec(xml)?.[1];
  const weekdays = WEEKDAY_NAMES.flatMap((name, day) =>
    days === undefined || days.includes(`<${name}`) ? [day] : [],
  );
  const minuteOfDay = Number(start[1]) * 60 + Number(start[2]);
  const worksSignedOut = /<LogonType>\s*Password/.test(xml);
  return { isRegistered: true, worksSignedOut, task: { weekdays, minuteOfDay } };
}
