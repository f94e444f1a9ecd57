import type { Command } from "commander";

import {
  needsPassword,
  registerOsTask,
  type Host,
  type Schedule,
} from "../../os-task-registration.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { reportTask } from "../output/report-task.ts";
import { parseTimeOfDay, parseWeekdays } from "../parse-schedule.ts";
import { readPassword } from "../read-password.ts";
import { taskCommand } from "../task-command.ts";

interface RegisterOptions {
  readonly at: number;
  readonly days?: readonly number[];
  readonly passwordStdin?: boolean;
}

const EVERY_DAY: readonly number[] = [0, 1, 2, 3, 4, 5, 6];

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
    .requiredOption(
      "--at <TIME>",
      runner.say({ ja: "自動バックアップの時刻", en: "time of the automatic backup" }),
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
    "azukeru-agent task register --at 03:00",
    "azukeru-agent task register --at 22:30 --days mon,wed,fri",
    "azukeru-agent task register --at 03:00 --password-stdin < file",
  ]);
}

async function register(context: CommandContext, options: RegisterOptions): Promise<ExitCode> {
  const { output, homePath } = context;
  const host = await context.host();
  const schedule: Schedule = { minuteOfDay: options.at, weekdays: options.days ?? EVERY_DAY };
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
