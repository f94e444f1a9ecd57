import { Argument, Option, type Command } from "commander";

import type { DetailStatus } from "../../../protocol/job-record.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";
import { parseNumber } from "../parse-number.ts";
import { parseDetailStatus } from "../parse-detail-status.ts";

interface ShowOptions {
  readonly status?: DetailStatus;
  readonly page: number;
}

/** `history show ID [--status S] [--page N]`: one job with its files, 100 a page (F31). */
export function addHistoryShow(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("show")
    .description(runner.say({ ja: "1件の詳細を表示", en: "show one job and its files" }))
    .addArgument(
      new Argument("<ID>", runner.say({ ja: "履歴のID", en: "ID in the history" })).argParser(
        parseNumber,
      ),
    )
    .addOption(
      new Option(
        "--status <STATUS>",
        runner.say({ ja: "この状態のファイルだけ", en: "only files with this status" }),
      ).argParser(parseDetailStatus),
    )
    .action((id: number, { status }: { status?: DetailStatus }) =>
      runner.run(command.optsWithGlobals(), (context) =>
        showJob(context, id, {
          ...(status === undefined ? {} : { status }),
          // The list's own option, which it takes behind `show` as well.
          page: command.optsWithGlobals<{ page: number }>().page,
        }),
      ),
    );
  helpText(command, runner, [
    "azukeru-agent history show 12",
    "azukeru-agent history show 12 --status access-denied --page 2",
    "azukeru-agent history show 12 --json",
  ]);
}

async function showJob(context: CommandContext, id: number, show: ShowOptions): Promise<ExitCode> {
  const { output } = context;
  using opened = await context.look("history show");
  const { records } = opened;
  const job = records.history.job(id);
  const page = records.history.files(id, show);
  const { FILE_LINE, fileMembers, renderFiles } = await import("../views/file.ts");
  const { JOB_LINE, jobMembers } = await import("../views/job/job.ts");
  const { checkPage, PAGE_LINE, pageMembers, renderPageHints } = await import("../views/page.ts");
  checkPage(show.page, page.pageCount);
  output.json(JOB_LINE, jobMembers(job, output.language));
  for (const row of page.rows) output.json(FILE_LINE, fileMembers(row, output.language));
  output.json(PAGE_LINE, pageMembers("files", id, page));
  if (!output.isJson) {
    const { renderJob } = await import("../views/job/job-details.ts");
    const filter = show.status === undefined ? "" : ` --status ${show.status}`;
    const hints = renderPageHints(page, context.suggest(`history show ${id}${filter}`), output);
    output.text(() =>
      [renderJob(job, output), "", renderFiles(page.rows, output), hints]
        .filter((part, index) => index === 1 || part !== "")
        .join("\n"),
    );
  }
  return EXIT_CODES.completed;
}
