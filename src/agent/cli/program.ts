import { Command, Option } from "commander";

import packageJson from "../../../package.json" with { type: "json" };
import type { CliIo } from "./cli-io.ts";
import type { CommandRunner } from "./command-runner.ts";
import { refuseEmpty } from "./refuse-empty.ts";
import { addBackupInterrupt } from "./commands/backup-interrupt.ts";
import { addBackupRun } from "./commands/backup-run.ts";
import { addBrowse } from "./commands/browse.ts";
import { addCapacity } from "./commands/capacity.ts";
import { addDaemon } from "./commands/daemon.ts";
import { addGenerations } from "./commands/generations.ts";
import { addHistory } from "./commands/history.ts";
import { addHistoryShow } from "./commands/history-show.ts";
import { addLogin } from "./commands/login.ts";
import { addLogout } from "./commands/logout.ts";
import { addRepair } from "./commands/repair.ts";
import { addRerun } from "./commands/rerun.ts";
import { addRestore } from "./commands/restore.ts";
import { addMail } from "./commands/mail.ts";
import { addSchedule } from "./commands/schedule.ts";
import { addSchema } from "./commands/schema.ts";
import { addSettings } from "./commands/settings.ts";
import { addSourceAdd } from "./commands/source-add.ts";
import { addSourceList } from "./commands/source-list.ts";
import { addSourceRemove } from "./commands/source-remove.ts";
import { addTaskRegister } from "./commands/task-register.ts";
import { addTaskRemove } from "./commands/task-remove.ts";
import { addTaskStatus } from "./commands/task-status.ts";
import { helpText } from "./help-text.ts";
import { LANGUAGES } from "../../terminal/language.ts";

/**
 * The command line of the agent. Options that every command takes may stand before or after the
 * command. Parsing throws `CommanderError` and never ends the process.
 */
export function buildProgram(io: CliIo, runner: CommandRunner): Command {
  const program = new Command("azukeru-agent");
  program
    .description(
      runner.say({
        ja: "フォルダをオンラインストレージへバックアップし、復元します。",
        en: "Backs folders up to the online storage service, and restores them.",
      }),
    )
    .option(
      "--home <DIR>",
      runner.say({
        ja: "専用ツールのフォルダ (環境変数 AZUKERU_HOME でも指定可)",
        en: "the tool's own folder (also: AZUKERU_HOME)",
      }),
    )
    .option("--json", runner.say({ ja: "結果をJSON Linesで出力", en: "print JSON lines" }))
    .addOption(
      new Option("--lang <LANG>", runner.say({ ja: "表示する言語", en: "language" })).choices(
        LANGUAGES,
      ),
    )
    .option("--debug", runner.say({ ja: "エラーの詳細を表示", en: "show stack traces of errors" }))
    .version(
      packageJson.version,
      "-V, --version",
      runner.say({ ja: "バージョンを表示", en: "show the version" }),
    )
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Errors are reported where all of them are (report-error.ts).
      outputError: () => undefined,
    })
    .exitOverride()
    .hook("preAction", (_, action) => refuseEmpty(action));
  helpText(program, runner, [
    "azukeru-agent login --service https://storage.example --login-id taro",
    "azukeru-agent source add ~/Documents",
    "azukeru-agent backup run",
    "azukeru-agent history",
    "azukeru-agent restore ~/Documents ~/restored",
  ]);

  addLogin(program, runner);
  addLogout(program, runner);
  addSettings(program, runner);
  const source = program
    .command("source")
    .description(runner.say({ ja: "バックアップ元のフォルダ", en: "source folders" }));
  helpText(source, runner, ["azukeru-agent source list"]);
  addSourceAdd(source, runner);
  addSourceRemove(source, runner);
  addSourceList(source, runner);
  const backup = program
    .command("backup")
    .description(runner.say({ ja: "バックアップの実行と中断", en: "run or interrupt a backup" }));
  helpText(backup, runner, ["azukeru-agent backup run"]);
  addBackupRun(backup, runner);
  addBackupInterrupt(backup, runner);
  addHistoryShow(addHistory(program, runner), runner);
  addRerun(program, runner);
  addRestore(program, runner);
  addBrowse(program, runner);
  addGenerations(program, runner);
  addSchedule(program, runner);
  addDaemon(program, runner);
  const task = program
    .command("task")
    .description(runner.say({ ja: "OSのタスクスケジューラー", en: "the OS's task scheduler" }));
  helpText(task, runner, ["azukeru-agent task register"]);
  addTaskRegister(task, runner);
  addTaskRemove(task, runner);
  addTaskStatus(task, runner);
  addCapacity(program, runner);
  addMail(program, runner);
  addRepair(program, runner);
  addSchema(program, runner);
  return program;
}
