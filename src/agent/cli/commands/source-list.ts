import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";
import type { ShownSource } from "../views/source.ts";

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
  for (const source of opened.records.sources.list()) {
    sources.push({ source, isOnNetworkDrive: await host.isNetworkPath(source.path) });
  }
  const { renderSources, SOURCE_LINE, sourceMembers } = await import("../views/source.ts");
  for (const shown of sources) output.json(SOURCE_LINE, sourceMembers("listed", shown));
  output.text(() => renderSources(sources, output));
  return EXIT_CODES.completed;
}
