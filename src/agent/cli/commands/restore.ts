import { resolve } from "node:path";

import { Option, type Command } from "commander";

import { CONFLICT_CHOICES, type ConflictChoice } from "../../../protocol/job-record.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { LinePrompt } from "../line-prompt.ts";
import { CliError } from "../output/cli-error.ts";
import type { ExitCode } from "../output/exit-code.ts";
import { parseNumber } from "../parse-number.ts";
import { runJobs } from "../run-jobs.ts";
import { withConflicts } from "../with-conflicts.ts";
import { message } from "../../../messages/message.ts";

interface RestoreOptions {
  readonly file?: boolean;
  readonly folder?: boolean;
  readonly generation?: number;
  readonly onConflict?: ConflictChoice | "ask";
  readonly progress: boolean;
}

/** `restore FROM TO`: brings a folder, a file or a generation of one back (F25, F26). */
export function addRestore(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("restore")
    .description(
      runner.say({
        ja: "サービスからフォルダまたはファイルを復元 (中断はありません。Ctrl-C で専用ツールを終了)",
        en: "restore a folder or a file; it cannot be interrupted, Ctrl-C closes the tool",
      }),
    )
    .argument(
      "<FROM>",
      runner.say({
        ja: "サービス上の場所、またはバックアップ元のパス",
        en: "a place on the service, or a path in a source folder",
      }),
    )
    .argument("<TO>", runner.say({ ja: "復元先のフォルダ", en: "the folder to restore into" }))
    .addOption(
      new Option("--file", runner.say({ ja: "FROM はファイル", en: "FROM is a file" })).conflicts(
        "folder",
      ),
    )
    .option("--folder", runner.say({ ja: "FROM はフォルダ", en: "FROM is a folder" }))
    .addOption(
      new Option(
        "--generation <G>",
        runner.say({ ja: "ファイルの世代 (省略時は最新)", en: "of a file (default: the newest)" }),
      )
        .argParser(parseNumber)
        .conflicts("folder"),
    )
    .addOption(
      new Option(
        "--on-conflict <CHOICE>",
        runner.say({
          ja: "同名のファイルがあるとき (省略時: 端末では ask、ほかは skip)",
          en: "what to do with a file in the way (default: ask on a terminal, else skip)",
        }),
      ).choices(["ask", ...CONFLICT_CHOICES]),
    )
    .option("--no-progress", runner.say({ ja: "進捗を表示しない", en: "show no progress" }))
    .action((from: string, to: string, options: RestoreOptions) =>
      runner.run(command.optsWithGlobals(), (context) => restore(context, { from, to }, options)),
    );
  helpText(command, runner, [
    "azukeru-agent restore ~/Documents ~/restored",
    "azukeru-agent restore ~/Documents/plan.xlsx . --generation 3 --on-conflict keep-both",
    "azukeru-agent browse",
  ]);
}

function restore(
  context: CommandContext,
  { from, to }: { readonly from: string; readonly to: string },
  options: RestoreOptions,
): Promise<ExitCode> {
  const { file, folder, generation, progress } = options;
  const isFile = file === true || generation !== undefined;
  const choice = conflictChoice(context, options.onConflict);
  return runJobs(context, { command: "restore", runs: "restore", progress }, async (run) => {
    const request = {
      from,
      to: resolve(to),
      ...(isFile ? { entryKind: "file" as const } : {}),
      ...(folder === true ? { entryKind: "folder" as const } : {}),
      ...(generation === undefined ? {} : { generation }),
      ...run.listeners,
    };
    const job = await withConflicts(context, run, choice, (onConflict) =>
      run.agent.runs.restore({ ...request, onConflict }),
    );
    return { jobs: [job], wantedJobCount: 1 };
  });
}

function conflictChoice(
  { io, output }: CommandContext,
  asked: RestoreOptions["onConflict"],
): ConflictChoice | "ask" {
  const canAsk = LinePrompt.isPossible(io) && !output.isJson;
  if (asked === "ask" && !canAsk) {
    throw new CliError("usage", message("usage.ask-needs-terminal"));
  }
  return asked ?? (canAsk ? "ask" : "skip");
}
