import { setTimeout as sleep } from "node:timers/promises";

import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { catchCloseSignals } from "../close-signals.ts";
import { DaemonReporter } from "../daemon-reporter.ts";
import { helpText } from "../help-text.ts";
import type { OpenedDaemon } from "../open-daemon.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { localZone } from "../show-usage-notice.ts";
import { hasWorkSoon } from "../../schedule/has-work-soon.ts";
import { message } from "../../../messages/message.ts";

interface DaemonOptions {
  readonly fromTask?: boolean;
}

/** How often is looked whether another process changed something. */
const POLL_INTERVAL_MS = 2_000;

/** `daemon`: holds the schedule and sends the mails that wait until it is closed (F12-F15). */
export function addDaemon(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("daemon")
    .description(
      runner.say({
        ja: "自動バックアップを受け持つ (Ctrl-C で終了)",
        en: "run automatic backups as they come due; Ctrl-C ends it",
      }),
    )
    .option(
      "--from-task",
      runner.say({
        ja: "OSのタスクからの起動: サインインしていなければ、予定が済むと終了する",
        en: "started by the OS task: ends after the backup when nobody is signed in",
      }),
    )
    .action(({ fromTask = false }: DaemonOptions) =>
      runner.run(command.optsWithGlobals(), (context) => daemon(context, fromTask)),
    );
  helpText(command, runner, [
    "azukeru-agent daemon",
    "azukeru-agent daemon --json >> daemon.jsonl",
    "azukeru-agent daemon --from-task",
  ]);
}

async function daemon(context: CommandContext, fromTask: boolean): Promise<ExitCode> {
  const host = await context.host();
  const reporter = new DaemonReporter(context.output);
  const ending = new AbortController();
  let opened: OpenedDaemon | undefined;
  const releaseSignals = catchCloseSignals({
    notice: (words) => context.output.note(words),
    close(): void {
      ending.abort();
      opened?.endTurns();
      void opened?.agent.close();
    },
  });
  try {
    opened = await context.openDaemon({
      host,
      ending: ending.signal,
      onRequest: (kind) => reporter.request(kind),
      onWait: () => reporter.waits(),
    });
    if (opened === undefined) return anotherRuns(context, reporter, fromTask);
    await using held = opened;
    const isAlone = fromTask && !host.isInteractive();
    await hold(held, {
      reporter,
      ending: ending.signal,
      // Whoever has signed in meanwhile keeps it.
      isLeaving: () => isAlone && !host.isInteractive(),
    });
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    releaseSignals();
  }
  reporter.ended();
  return EXIT_CODES.completed;
}

function anotherRuns(
  { homePath }: CommandContext,
  reporter: DaemonReporter,
  fromTask: boolean,
): ExitCode {
  if (!fromTask)
    throw new CliError("daemon-running", message("home.has-daemon", { path: homePath }));
  reporter.anotherRuns();
  return EXIT_CODES.completed;
}

interface Holding {
  readonly reporter: DaemonReporter;
  readonly ending: AbortSignal;
  /** Whether it ends once nothing is to be done soon. */
  readonly isLeaving: () => boolean;
}

/** Resolves when the tool is closed, or has nothing left that it was started for. */
async function hold(
  { agent, dataVersion, announceBackup }: OpenedDaemon,
  { reporter, ending, isLeaving }: Holding,
): Promise<void> {
  let version = dataVersion();
  /** Undefined until the past is dealt with. */
  let nextAtMs: number | null | undefined;
  const state = (): void => reporter.state(agent);
  state();
  agent.waits.watch((news) => reporter.waiting(news));
  const started = agent.schedule.start({
    onJob(job) {
      if (job.status === "running") announceBackup();
      reporter.job(job);
    },
    onMail: (news) => reporter.mail(news),
    onRoom: (hasRoom) => reporter.room(agent, hasRoom),
    onLook(next) {
      // A look that finds nothing reads nothing; what a slot changed, it changed with the next one.
      const isOther = next !== nextAtMs;
      nextAtMs = next;
      if (isOther) state();
    },
  });
  const notice = agent.usageNotice.take(localZone()).then((contract) => {
    return contract === null ? undefined : reporter.usage(contract);
  });
  const isDone = (): boolean => {
    const waitingMailCount = agent.mail.outbox().mails.length;
    return isLeaving() && !hasWorkSoon({ nextAtMs, nowMs: Date.now(), waitingMailCount });
  };
  const watch = async (): Promise<void> => {
    while (!ending.aborted && !isDone()) {
      await sleep(POLL_INTERVAL_MS, undefined, { signal: ending }).catch(() => undefined);
      if (ending.aborted) return;
      const now = dataVersion();
      if (now === version) continue;
      version = now;
      agent.refresh();
      state();
    }
  };
  const watching = watch();
  await Promise.race([watching, Promise.all([started, notice]).then(() => watching)]);
}
