import type { AgentApi } from "./agent-api.ts";
import type { Progress } from "../jobs/requests.ts";
import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { CommandContext } from "./command-runner.ts";
import type { RunKind } from "./lock-holder.ts";
import type { OpenedAgent } from "./open-agent.ts";
import { EXIT_CODES, type ExitCode } from "./output/exit-code.ts";
import type { RunReporter } from "./progress/run-reporter.ts";
import { RequestBox } from "./request-box.ts";
import { catchRunSignals } from "./run-signals.ts";

interface RunJobsOptions {
  /** The command, for those who find the home folder taken. */
  readonly command: string;
  readonly runs: RunKind;
  /** With `--json`, rows without difference too. Default false. */
  readonly verbose?: boolean;
  /** Whether to count totals and to show how far it is. */
  readonly progress: boolean;
}

/** What the work of a command that runs jobs has at hand. */
export interface BackupRun {
  readonly agent: AgentApi;
  /** For the agent's request: what happens goes to the reporter. */
  readonly listeners: {
    readonly onProgress?: (progress: Progress) => void;
    readonly onJob: (job: JobRecord) => void;
    readonly onFile: (row: JobFileRecord) => void;
  };
  /** Takes the progress off the screen until the returned function is called. */
  readonly pauseProgress: () => () => void;
  /** Aborted when the tool is being closed or logged out: nobody is to be waited for any more. */
  readonly ending: AbortSignal;
}

/** What the work resolves to. */
export interface JobRunResult {
  readonly jobs: readonly JobRecord[];
  /** Jobs of the run's own kind that had to come of it; delete jobs come on top. */
  readonly wantedJobCount: number;
}

/**
 * Runs jobs as one command: with a reporter, with signals that mean what they mean to the tool, and
 * within reach of other processes' requests. Resolves to `completed` when every wanted job and every
 * job besides them completed, else to `incomplete`.
 */
export async function runJobs(
  context: CommandContext,
  options: RunJobsOptions,
  work: (run: BackupRun) => Promise<JobRunResult>,
): Promise<ExitCode> {
  const { command, runs } = options;
  await using opened = await context.open({ command, runs });
  const { agent } = opened;
  const reporter = await reporterFor(context, options.verbose ?? false);
  const notice = reporter.notice.bind(reporter);
  const ending = new AbortController();
  const releaseSignals = catchRunSignals({
    notice,
    interrupt: runs === "backup" ? () => agent.runs.interrupt() : undefined,
    close(): void {
      ending.abort();
      void agent.close();
    },
  });
  const releaseWaits = agent.waits.watch((news) => reporter.waiting(news));
  const stopWatching = watchRequests(context, { opened, reporter, ending, runs });
  try {
    const { jobs, wantedJobCount } = await work({
      agent,
      ending: ending.signal,
      pauseProgress: () => reporter.pause(),
      listeners: {
        ...(options.progress ? { onProgress: (progress) => reporter.progress(progress) } : {}),
        onJob: (job) => reporter.job(job),
        onFile: (row) => reporter.file(row),
      },
    });
    // A run that was stopped between two sources has no job for the rest.
    const ownCount = jobs.filter(({ kind }) => kind === runs).length;
    const isComplete =
      ownCount >= wantedJobCount && jobs.every(({ status }) => status === "completed");
    const exitCode = isComplete ? EXIT_CODES.completed : EXIT_CODES.incomplete;
    reporter.stop();
    reporter.summary(jobs, exitCode);
    return exitCode;
  } finally {
    reporter.stop();
    releaseWaits();
    await stopWatching().finally(releaseSignals);
  }
}

async function reporterFor(context: CommandContext, verbose: boolean): Promise<RunReporter> {
  const { io, output } = context;
  if (output.isJson) {
    const { JsonRunReporter } = await import("./progress/json-run-reporter.ts");
    return new JsonRunReporter(output, { verbose });
  }
  const { PeopleRunReporter } = await import("./progress/people-run-reporter.ts");
  const { ProgressBar } = await import("./progress/progress-bar.ts");
  const { ProgressLines } = await import("./progress/progress-lines.ts");
  const View = io.stderr.isTTY === true ? ProgressBar : ProgressLines;
  return new PeopleRunReporter({
    output,
    view: new View(io.stderr, output.language),
    detailsCommand: (jobId) => context.suggest(`history show ${jobId}`),
    rerunCommand: (jobId) => context.suggest(`rerun ${jobId}`),
  });
}

/** Lets `backup interrupt` and `logout` of other processes reach this one. */
function watchRequests(
  { homePath }: CommandContext,
  run: {
    readonly opened: OpenedAgent;
    readonly reporter: RunReporter;
    readonly ending: AbortController;
    readonly runs: RunKind;
  },
): () => Promise<void> {
  const { opened, reporter, ending, runs } = run;
  const { agent, instanceId } = opened;
  if (instanceId === undefined) return () => Promise.resolve();
  return new RequestBox(homePath).watch(instanceId, {
    interrupt(): void {
      if (runs === "restore") return;
      reporter.notice({ ja: "別のプロセスから中断されました。", en: "Interrupted by a request." });
      agent.runs.interrupt();
    },
    async logout(): Promise<void> {
      reporter.notice({ ja: "ログアウトします。", en: "Logging out by a request." });
      ending.abort();
      await agent.account.logout();
    },
  });
}
