import type { Command } from "commander";

import type { AgentApi } from "../agent-api.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { followSchedule } from "../follow-schedule.ts";
import { helpText } from "../help-text.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import type { LineMembers } from "../output/line-kind.ts";
import { reportSchedule, type SCHEDULE_LINE } from "../views/schedule.ts";
import { EVERY_DAY, parseTimeOfDay, parseWeekdays } from "../parse-schedule.ts";

interface SetOptions {
  readonly at: number;
  readonly days?: readonly number[];
}

/** `schedule`: when automatic backups run, and whether they do (F12, F15). Shows it by itself. */
export function addSchedule(parent: Command, runner: CommandRunner): void {
  const schedule = parent.command("schedule").description(
    runner.say({
      ja: "自動バックアップの予定",
      en: "the schedule of automatic backups",
    }),
  );
  helpText(schedule, runner, [
    "azukeru-agent schedule set --at 03:00",
    "azukeru-agent schedule off",
    "azukeru-agent schedule status",
  ]);
  addSet(schedule, runner);
  addSwitch(schedule, runner, true);
  addSwitch(schedule, runner, false);
  addStatus(schedule, runner);
}

function addSet(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("set")
    .description(
      runner.say({
        ja: "自動バックアップの時刻と曜日を決める",
        en: "choose time and days of the automatic backup",
      }),
    )
    .requiredOption(
      "--at <TIME>",
      runner.say({ ja: "時刻 (このPCの現地時刻)", en: "local time" }),
      parseTimeOfDay,
    )
    .option(
      "--days <DAYS>",
      runner.say({ ja: "曜日 (省略時は毎日)", en: "weekdays; every day when left out" }),
      parseWeekdays,
    )
    .action(({ at, days }: SetOptions) =>
      runner.run(command.optsWithGlobals(), (context) =>
        change(context, "set", (agent) =>
          agent.schedule.set({ minuteOfDay: at, weekdays: days ?? EVERY_DAY }),
        ),
      ),
    );
  helpText(command, runner, [
    "azukeru-agent schedule set --at 03:00",
    "azukeru-agent schedule set --at 22:30 --days mon,wed,fri",
  ]);
}

function addSwitch(parent: Command, runner: CommandRunner, isOn: boolean): void {
  const name = isOn ? "on" : "off";
  const words = isOn
    ? { ja: "自動バックアップをONにする", en: "switch automatic backups on" }
    : { ja: "自動バックアップをOFFにする", en: "switch automatic backups off" };
  const command = parent
    .command(name)
    .description(runner.say(words))
    .action(() =>
      runner.run(command.optsWithGlobals(), (context) =>
        change(context, name, (agent) => agent.schedule.setOn(isOn)),
      ),
    );
  helpText(command, runner, [`azukeru-agent schedule ${name}`]);
}

function addStatus(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("status")
    .description(runner.say({ ja: "予定と次回の日時を表示", en: "show it and the next backup" }))
    .action(() =>
      runner.run(command.optsWithGlobals(), async (context) => {
        using looked = await context.look("schedule status", await context.host());
        reportSchedule(context.output, "shown", looked.records.schedule.status());
        return EXIT_CODES.completed;
      }),
    );
  helpText(command, runner, [
    "azukeru-agent schedule status",
    "azukeru-agent schedule status --json",
  ]);
}

async function change(
  context: CommandContext,
  event: Exclude<LineMembers<typeof SCHEDULE_LINE>["event"], "shown">,
  act: (agent: AgentApi) => unknown,
): Promise<ExitCode> {
  const host = await context.host();
  await using opened = await context.open({ command: `schedule ${event}`, host });
  const { agent } = opened;
  act(agent);
  const status = agent.schedule.status();
  reportSchedule(context.output, event, status);
  await followSchedule(context, host, status);
  return EXIT_CODES.completed;
}
