import type { Command } from "commander";

import type { BackupReporter } from "../progress/backup-reporter.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { findSource } from "../find-source.ts";
import { helpText } from "../help-text.ts";
import type { OpenedAgent } from "../open-agent.ts";
import { RequestBox } from "../request-box.ts";
import { catchRunSignals } from "../run-signals.ts";

interface RunOptions {
  readonly verbose?: boolean;
  readonly progress: boolean;
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
    "azukeru-agent backup run --json | jq 'select(.type == \"summary\")'",
  ]);
}

async function run(
  context: CommandContext,
  sources: readonly string[],
  options: RunOptions,
): Promise<ExitCode> {
  await using opened = await context.open({
    command: "backup run",
    access: "work",
    takesRequests: true,
  });
  const reporter = await reporterFor(context, options);
  const { agent } = opened;
  const notice = reporter.notice.bind(reporter);
  const releaseSignals = catchRunSignals({ agent, notice });
  const stopWatching = watchRequests(context, opened, reporter);
  try {
    const sourceIds = sources.map((source) => findSource(agent.sources(), source).id);
    const jobs = await agent.runBackup({
      ...(sourceIds.length === 0 ? {} : { sourceIds }),
      ...(options.progress ? { onProgress: (progress) => reporter.progress(progress) } : {}),
      onJob: (job) => reporter.job(job),
      onFile: (row) => reporter.file(row),
    });
    // A run that was stopped between two sources has no job for the rest.
    const wantedCount = sourceIds.length === 0 ? agent.sources().length : sourceIds.length;
    const isComplete =
      jobs.length >= wantedCount && jobs.every(({ status }) => status === "completed");
    const exitCode = isComplete ? EXIT_CODES.completed : EXIT_CODES.incomplete;
    reporter.stop();
    reporter.summary(jobs, exitCode);
    return exitCode;
  } finally {
    reporter.stop();
    await stopWatching().finally(releaseSignals);
  }
}

async function reporterFor(context: CommandContext, options: RunOptions): Promise<BackupReporter> {
  const { io, output } = context;
  if (output.isJson) {
    const { JsonBackupReporter } = await import("../progress/json-backup-reporter.ts");
    return new JsonBackupReporter(output, { verbose: options.verbose ?? false });
  }
  const { PeopleBackupReporter } = await import("../progress/people-backup-reporter.ts");
  const { ProgressBar } = await import("../progress/progress-bar.ts");
  const { ProgressLines } = await import("../progress/progress-lines.ts");
  const View = io.stderr.isTTY === true ? ProgressBar : ProgressLines;
  return new PeopleBackupReporter({
    output,
    view: new View(io.stderr, output.language),
    detailsCommand: (jobId) => context.suggest(`history show ${jobId}`),
  });
}

/** Lets `backup interrupt` and `logout` of other processes reach this one. */
function watchRequests(
  { homePath }: CommandContext,
  { agent, instanceId }: OpenedAgent,
  reporter: BackupReporter,
): () => Promise<void> {
  if (instanceId === undefined) return () => Promise.resolve();
  return new RequestBox(homePath).watch(instanceId, {
    interrupt(): void {
      reporter.notice({ ja: "別のプロセスから中断されました。", en: "Interrupted by a request." });
      agent.interrupt();
    },
    async logout(): Promise<void> {
      reporter.notice({ ja: "ログアウトします。", en: "Logging out by a request." });
      await agent.logout();
    },
  });
}
