import { Argument, type Command } from "commander";

import type { ConflictChoice, JobRecord } from "../../../protocol/job-record.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { LinePrompt } from "../line-prompt.ts";
import { CliError } from "../output/cli-error.ts";
import type { ExitCode } from "../output/exit-code.ts";
import { parseNumber } from "../parse-number.ts";
import { runJobs } from "../run-jobs.ts";
import { withConflicts } from "../with-conflicts.ts";
import { message } from "../../../messages/message.ts";

interface RerunOptions {
  readonly yes?: boolean;
  readonly progress: boolean;
}

/** `rerun ID [--yes]`: 再実行 of an incomplete backup or restore, after showing its settings (F32). */
export function addRerun(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("rerun")
    .description(
      runner.say({
        ja: "未完了のバックアップまたは復元を、前回の設定で再実行",
        en: "run an incomplete backup or restore again, with the settings it had",
      }),
    )
    .addArgument(
      new Argument("<ID>", runner.say({ ja: "履歴のID", en: "ID in the history" })).argParser(
        parseNumber,
      ),
    )
    .option("--yes", runner.say({ ja: "確認せずに実行", en: "do not ask before it runs" }))
    .option("--no-progress", runner.say({ ja: "進捗を表示しない", en: "show no progress" }))
    .action((id: number, options: RerunOptions) =>
      runner.run(command.optsWithGlobals(), (context) => rerun(context, id, options)),
    );
  helpText(command, runner, ["azukeru-agent rerun 12", "azukeru-agent rerun 12 --yes --json"]);
}

async function rerun(
  context: CommandContext,
  id: number,
  { yes = false, progress }: RerunOptions,
): Promise<ExitCode> {
  const job = await previousJob(context, id);
  await show(context, job);
  const canAsk = LinePrompt.isPossible(context.io) && !context.output.isJson;
  if (canAsk && !yes) await confirm(context);
  const runs = job.kind === "restore" ? "restore" : "backup";
  return runJobs(context, { command: "rerun", runs, progress }, async (run) => {
    const choice: ConflictChoice | "ask" = canAsk ? "ask" : "skip";
    const jobs = await withConflicts(context, run, choice, (onConflict) =>
      run.agent.runs.rerun(id, { onConflict, ...run.listeners }),
    );
    return { jobs, wantedJobCount: 1 };
  });
}

/** Opened and let go again, so that nobody waits for the answer of a person. */
async function previousJob(context: CommandContext, id: number): Promise<JobRecord> {
  const { rerunPlan } = await import("../../runs/rerun.ts");
  using opened = await context.look("rerun");
  const job = opened.records.history.job(id);
  rerunPlan(job, opened.records.sources.list());
  return job;
}

async function show({ output }: CommandContext, job: JobRecord): Promise<void> {
  const { JOB_LINE, jobMembers } = await import("../views/job/job.ts");
  output.json(JOB_LINE, jobMembers(job, output.language));
  if (output.isJson) return;
  const { renderPreviousSettings } = await import("../views/job/job-details.ts");
  output.text(() => renderPreviousSettings(job, output));
}

async function confirm({ io, output }: CommandContext): Promise<void> {
  using prompt = new LinePrompt(io);
  const question = output.say({
    ja: "この設定で再実行しますか? [y/N] ",
    en: "Run it again with these settings? [y/N] ",
  });
  const answer = await prompt.ask(question);
  if (/^y(es)?$/i.test(answer?.trim() ?? "")) return;
  throw new CliError("cancelled", message("history.not-run-again"));
}
