import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import { helpText } from "../help-text.ts";
import type { Output } from "../output/output.ts";
import { printable } from "../../../protocol/printable.ts";
import { sourceMembers, sourcePathText, type ShownSource } from "../output/source-line.ts";

/** `source list`: the source folders with their destinations (F10, F11). */
export function addSourceList(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("list")
    .description(runner.say({ ja: "バックアップ元の一覧", en: "list the source folders" }))
    .action(() => runner.run(command.optsWithGlobals(), list));
  helpText(command, runner, ["azukeru-agent source list", "azukeru-agent source list --json"]);
}

async function list(context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  using opened = await context.look("source list");
  const host = await context.host();
  const sources: ShownSource[] = [];
  for (const source of opened.records.sources()) {
    sources.push({ source, isOnNetworkDrive: await host.isNetworkPath(source.path) });
  }
  for (const shown of sources) output.json("source", sourceMembers("listed", shown));
  if (!output.isJson) await printTable(sources, output);
  return EXIT_CODES.completed;
}

async function printTable(sources: readonly ShownSource[], output: Output): Promise<void> {
  const { renderTable } = await import("../../../terminal/render-table.ts");
  output.text(() => {
    if (sources.length === 0) {
      return output.say({
        ja: "バックアップ元はまだありません。azukeru-agent source add フォルダ で追加してください。",
        en: "No source folder yet. Add one with azukeru-agent source add FOLDER.",
      });
    }
    return renderTable(
      [
        { title: "ID", align: "right" },
        { title: output.say({ ja: "追加日時", en: "Added" }) },
        { title: output.say({ ja: "バックアップ元", en: "Source" }) },
        { title: output.say({ ja: "バックアップ先", en: "Destination" }) },
      ],
      sources.map((shown) => [
        String(shown.source.id),
        formatTime(shown.source.addedAtMs, output.language),
        sourcePathText(shown, output),
        printable(shown.source.destination),
      ]),
      { styleTitles: (line) => output.paint("strong", line) },
    );
  });
}
