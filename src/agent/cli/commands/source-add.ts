import { resolve } from "node:path";

import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";

/** `source add PATH`: adds a source folder and creates its destination (F10, F11). */
export function addSourceAdd(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("add")
    .description(runner.say({ ja: "バックアップ元を追加", en: "add a source folder" }))
    .argument("<PATH>", runner.say({ ja: "フォルダ", en: "the folder" }))
    .action((path: string) =>
      runner.run(command.optsWithGlobals(), (context) => add(context, path)),
    );
  helpText(command, runner, ["azukeru-agent source add ~/Documents"]);
}

async function add(context: CommandContext, path: string): Promise<ExitCode> {
  const { output } = context;
  await using opened = await context.open({ command: "source add" });
  const { agent } = opened;
  const source = await agent.sources.add(resolve(path));
  const isOnNetworkDrive = await (await context.host()).isNetworkPath(source.path);
  const { networkDriveNote, SOURCE_LINE, sourceMembers, sourceText } =
    await import("../views/source.ts");
  output.json(SOURCE_LINE, sourceMembers("added", { source, isOnNetworkDrive }));
  output.text(() => `${output.say({ ja: "追加しました", en: "Added" })}: ${sourceText(source)}`);
  if (isOnNetworkDrive) output.text(() => networkDriveNote(output));
  return EXIT_CODES.completed;
}
