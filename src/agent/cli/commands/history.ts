import { Argument, Option, type Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { JOB_KINDS, type JobKind } from "../../../protocol/job-kind.ts";
import { helpText } from "../help-text.ts";
import { parseNumber } from "../parse-number.ts";

/** `history [backup|restore|delete] [--page N]`: jobs of a kind, newest first, 100 a page (F30). */
export function addHistory(parent: Command, runner: CommandRunner): Command {
  const command = parent
    .command("history")
    .description(runner.say({ ja: "履歴を新しい順に表示", en: "list jobs, newest first" }))
    .addArgument(
      new Argument("[kind]", runner.say({ ja: "履歴の種類", en: "which history" }))
        .choices(JOB_KINDS)
        .default("backup"),
    )
    .addOption(
      new Option("--page <N>", runner.say({ ja: "ページ (100件ごと)", en: "page (100 rows each)" }))
        .argParser(parseNumber)
        .default(1),
    )
    .action((kind: JobKind, options: { page: number }) =>
      runner.run(command.optsWithGlobals(), (context) => listJobs(context, kind, options.page)),
    );
  helpText(command, runner, [
    "azukeru-agent history",
    "azukeru-agent history backup --page 2",
    "azukeru-agent history restore",
    "azukeru-agent history delete",
    "azukeru-agent history show 12",
    "azukeru-agent history --json",
  ]);
  return command;
}

async function listJobs(
  context: CommandContext,
  kind: JobKind,
  pageNumber: number,
): Promise<ExitCode> {
  const { output } = context;
  using opened = await context.look("history");
  const page = opened.records.history.jobs(kind, pageNumber);
  const { JOB_LINE, jobMembers } = await import("../views/job/job.ts");
  const { checkPage, PAGE_LINE, pageMembers, renderPageHints } = await import("../views/page.ts");
  checkPage(pageNumber, page.pageCount);
  for (const job of page.rows) output.json(JOB_LINE, jobMembers(job, output.language));
  output.json(PAGE_LINE, pageMembers("jobs", null, page));
  if (!output.isJson) {
    const { renderJobs } = await import("../views/job/job-list.ts");
    const hints = renderPageHints(page, context.suggest(`history ${kind}`), output);
    output.text(() => [renderJobs(kind, page.rows, output), hints].filter(Boolean).join("\n"));
  }
  return EXIT_CODES.completed;
}
