import { Option, type Command } from "commander";

import { LIMITS } from "../../../protocol/limits.ts";
import { administratorFolder, formatServicePath } from "../../../protocol/service-path.ts";
import type { AgentApi } from "../agent-api.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { quotedArgument } from "../quoted-argument.ts";
import { parseNumber } from "../parse-number.ts";
import { message } from "../../../messages/message.ts";

/** `browse [PATH] [--page N]`: what is in a folder on the service, 100 rows a page (F40). */
export function addBrowse(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("browse")
    .description(
      runner.say({ ja: "サービス上のフォルダの中身を表示", en: "list a folder on the service" }),
    )
    .argument(
      "[PATH]",
      runner.say({
        ja: "サービス上の場所、またはバックアップ元のパス (省略時: このPCのバックアップ)",
        en: "a place on the service, or a path in a source folder (default: this PC's backups)",
      }),
    )
    .addOption(
      new Option("--page <N>", runner.say({ ja: "ページ (100件ごと)", en: "page (100 rows each)" }))
        .argParser(parseNumber)
        .default(1),
    )
    .action((path: string | undefined, { page }: { page: number }) =>
      runner.run(command.optsWithGlobals(), (context) => browse(context, path, page)),
    );
  helpText(command, runner, [
    "azukeru-agent browse",
    "azukeru-agent browse ~/Documents --page 2",
    'azukeru-agent browse "セキュリティ領域/手動バックアップ"',
  ]);
}

async function browse(
  context: CommandContext,
  path: string | undefined,
  page: number,
): Promise<ExitCode> {
  const { output } = context;
  await using opened = await context.open({ command: "browse" });
  const { agent } = opened;
  const place = path ?? ownFolder(agent);
  const { entries, isLast, entryCount } = await agent.stored.page(place, page);
  const { ENTRY_LINE, entryMembers, renderEntries } = await import("../views/entry.ts");
  const { checkPage, PAGE_LINE, renderPageCommands } = await import("../views/page.ts");
  if (entries.length === 0) checkPage(page, Math.ceil(entryCount / LIMITS.historyPageRowCount));
  for (const entry of entries) output.json(ENTRY_LINE, entryMembers(entry));
  const beside = { previousPage: page > 1 ? page - 1 : null, nextPage: isLast ? null : page + 1 };
  output.json(PAGE_LINE, {
    list: "entries",
    jobId: null,
    page,
    pageCount: null,
    rowCount: null,
    ...beside,
  });
  if (!output.isJson) {
    const { printable } = await import("../../../messages/printable.ts");
    const shown = context.suggest(path === undefined ? "browse" : `browse ${quotedArgument(path)}`);
    const hints = renderPageCommands(beside, shown, output);
    output.text(() => {
      const title = output.paint("strong", printable(place));
      return [title, renderEntries(entries, output), ...hints].join("\n");
    });
  }
  return EXIT_CODES.completed;
}

/** Where this PC's backups are (F10). */
function ownFolder(agent: AgentApi): string {
  const account = agent.account.info();
  if (account === undefined) throw new CliError("not-logged-in", message("account.not-logged-in"));
  const { deviceName } = agent.settings.read();
  return formatServicePath([...administratorFolder(account.loginId), deviceName]);
}
