import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import type { ExitCode } from "../output/exit-code.ts";
import { findSource } from "../find-source.ts";
import { helpText } from "../help-text.ts";
import { runJobs } from "../run-jobs.ts";

interface RunOptions {
  readonly verbose?: boolean;
  readonly progress: boolean;
  readonly confirmDeletions?: boolean;
}

/** `backup run [SOURCE...]`: backs sources up now, one after another (F19). */
export function addBackupRun(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("run")
    .description(
      runner.say({
        ja: "いますぐバックアップ (Ctrl-C で中断)",
        en: "back up now; Ctrl-C interrupts",
      }),
    )
    .argument(
      "[SOURCE...]",
      runner.say({
        ja: "バックアップ元のIDまたはフォルダ (省略時はすべて)",
        en: "IDs or paths of source folders (default: all)",
      }),
    )
    .option(
      "--confirm-deletions",
      runner.say({
        ja: "空になった、または別のドライブになったバックアップ元の差分比較削除も行う",
        en: "also delete what is gone from a source that is empty or on another device now",
      }),
    )
    .option(
      "--verbose",
      runner.say({
        ja: "--json で差分無しのファイルも出力",
        en: "with --json, also print files without difference",
      }),
    )
    .option(
      "--no-progress",
      runner.say({
        ja: "進捗を表示しない (合計を数える走査も省く)",
        en: "show no progress, and do not count totals beforehand",
      }),
    )
    .action((sources: string[], options: RunOptions) =>
      runner.run(command.optsWithGlobals(), (context) => run(context, sources, options)),
    );
  helpText(command, runner, [
    "azukeru-agent backup run",
    "azukeru-agent backup run 1 ~/Documents",
    "azukeru-agent backup run --confirm-deletions 1",
    "azukeru-agent backup run --json | jq 'select(.type == \"summary\")'",
  ]);
}

function run(
  context: CommandContext,
  sources: readonly string[],
  options: RunOptions,
): Promise<ExitCode> {
  const { verbose = false, progress, confirmDeletions = false } = options;
  const command = "backup run";
  return runJobs(
    context,
    { command, runs: "backup", verbose, progress },
    async ({ agent, listeners }) => {
      const sourceIds = sources.map((source) => findSource(agent.sources.list(), source).id);
      const jobs = await agent.runs.backUp({
        ...(sourceIds.length === 0 ? {} : { sourceIds }),
        ...(confirmDeletions ? { confirmDeletions } : {}),
        ...listeners,
      });
      const wantedJobCount =
        sourceIds.length === 0 ? agent.sources.list().length : sourceIds.length;
      return { jobs, wantedJobCount };
    },
  );
}
