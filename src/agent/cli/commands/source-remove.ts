import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { findSource } from "../find-source.ts";
import { helpText } from "../help-text.ts";

/** `source remove ID|PATH`: takes a source folder off the list; what is stored stays (F11). */
export function addSourceRemove(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("remove")
    .description(
      runner.say({
        ja: "バックアップ元から外す (サービス上のデータは残る)",
        en: "remove a source folder; what is on the service stays",
      }),
    )
    .argument("<ID|PATH>", runner.say({ ja: "IDまたはフォルダ", en: "its ID or path" }))
    .action((idOrPath: string) =>
      runner.run(command.optsWithGlobals(), (context) => remove(context, idOrPath)),
    );
  helpText(command, runner, [
    "azukeru-agent source remove 2",
    "azukeru-agent source remove ~/Documents",
  ]);
}

async function remove(context: CommandContext, idOrPath: string): Promise<ExitCode> {
  const { output } = context;
  await using opened = await context.open({ command: "source remove" });
  const { agent } = opened;
  const source = agent.sources.remove(String(findSource(agent.sources.list(), idOrPath).id));
  const isOnNetworkDrive = await (await context.host()).isNetworkPath(source.path);
  const { SOURCE_LINE, sourceMembers, sourceText } = await import("../views/source.ts");
  output.json(SOURCE_LINE, sourceMembers("removed", { source, isOnNetworkDrive }));
  output.text(() => `${output.say({ ja: "外しました", en: "Removed" })}: ${sourceText(source)}`);
  return EXIT_CODES.completed;
}
