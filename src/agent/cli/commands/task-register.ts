import type { Command } from "commander";

import {
  needsPassword,
  registerOsTask,
  type Host,
  type Schedule,
} from "../../schedule/os-task-registration.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { reportTask } from "../views/task.ts";
import { EVERY_DAY, parseTimeOfDay, parseWeekdays } from "../parse-schedule.ts";
import { readPassword } from "../read-password.ts";
import { taskCommand } from "../task-command.ts";
import { message } from "../../../messages/message.ts";

interface RegisterOptions {
  readonly at?: number;
  readonly days?: readonly number[];
  readonly passwordStdin?: boolean;
}

/**
 * `task register`: has the OS start the tool ahead of each automatic backup (F13). Windows wants the
 * user's password, which is asked for, never an argument, and not kept. Refused or cancelled,
 * automatic backups run while the tool runs; the command then exits 1.
 */
export function addTaskRegister(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("register")
    .description(
      runner.say({
        ja: "予定の5分前に専用ツールを起動するタスクをOSに登録",
        en: "have the OS start the tool 5 minutes ahead of each backup",
      }),
    )
    .option(
      "--at <TIME>",
      runner.say({
        ja: "自動バックアップの時刻 (省略時は schedule の予定)",
        en: "time of the automatic backup (default: the schedule's)",
      }),
      parseTimeOfDay,
    )
    .option(
      "--days <DAYS>",
      runner.say({ ja: "曜日 (省略時は毎日)", en: "weekdays; every day when left out" }),
      parseWeekdays,
    )
    .option(
      "--password-stdin",
      runner.say({
        ja: "OSのパスワードを標準入力から読む (Windowsのみ)",
        en: "read the password of the PC's user from stdin (Windows only)",
      }),
    )
    .action((options: RegisterOptions) =>
      runner.run(command.optsWithGlobals(), (context) => register(context, options)),
    );
  helpText(command, runner, [
    "azukeru-agent task register",
    "azukeru-agent task register --at 03:00",
    "azukeru-agent task register --at 22:30 --days mon,wed,fri",
    "azukeru-agent task register --at 03:00 --password-stdin < file",
  ]);
}

async function register(context: CommandContext, options: RegisterOptions): Promise<ExitCode> {
  const { output, homePath } = context;
  const host = await context.host();
  const schedule = await scheduleFor(host, context, options);
  const password = await passwordFor(host, context, options);
  if (password === "cancelled") {
    const status = await host.taskStatus();
    reportTask(output, { event: "cancelled", status, why: "cancelled" });
    return EXIT_CODES.couldNotRun;
  }
  const command = taskCommand(homePath);
  const result = await registerOsTask(host, { schedule, command, password: password?.text });
  const status = await host.taskStatus();
  if (result.kind === "refused") {
    const { why, reason } = result;
    reportTask(output, { event: "refused", status, why, reason });
    return EXIT_CODES.couldNotRun;
  }
  reportTask(output, {
    event: "registered",
    status,
    ...(result.kind === "registered" ? {} : { reason: result.reason }),
  });
  return EXIT_CODES.completed;
}

/** What the options say, else the schedule as a person set it. */
async function scheduleFor(
  host: Host,
  context: CommandContext,
  { at, days }: RegisterOptions,
): Promise<Schedule> {
  if (at !== undefined) return { minuteOfDay: at, weekdays: days ?? EVERY_DAY };
  if (days !== undefined) throw new CliError("usage", message("usage.days-without-at"));
  using looked = await context.look("task register", host);
  const { schedule } = looked.records.schedule.status();
  if (schedule !== null) return schedule;
  throw new CliError("no-schedule", message("usage.no-schedule"));
}

/** Undefined where none is needed. */
async function passwordFor(
  host: Host,
  { io, output }: CommandContext,
  { passwordStdin = false }: RegisterOptions,
): Promise<{ readonly text: string } | "cancelled" | undefined> {
  if (!needsPassword(host.kind)) return undefined;
  try {
    const prompt = output.say({
      ja: "このPCにサインインするパスワード: ",
      en: "Password you sign in to this PC with: ",
    });
    return { text: await readPassword(io, { fromStdin: passwordStdin, prompt }) };
  } catch (error) {
    if (error instanceof CliError && error.code === "cancelled") return "cancelled";
    throw error;
  }
}
