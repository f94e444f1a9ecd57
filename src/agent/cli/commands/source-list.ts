import type { Command } from "commander";

import type { SourceFolder } from "../../state/records.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { formatTime } from "../render/format-time.ts";
import { helpText } from "../help-text.ts";
import type { Output } from "../output/output.ts";
import { printable } from "../render/printable.ts";
import { sourceMembers } from "../output/source-line.ts";

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
  const sources = opened.records.sources();
  for (const source of sources) output.json("source", sourceMembers("listed", source));
  if (!output.isJson) await printTable(sources, output);
  return EXIT_CODES.completed;
}

async function printTable(sources: readonly SourceFolder[], output: Output): Promise<void> {
  const { renderTable } = await import("../render/render-table.ts");
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
      sources.map(({ id, path, destination, addedAtMs }) => [
        String(id),
        formatTime(addedAtMs, output.language),
        printable(path),
        printable(destination),
      ]),
      { styleTitles: (line) => output.paint("strong", line) },
    );
  });
}
