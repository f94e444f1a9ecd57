import type { Command } from "commander";

import type { Generation } from "../../../protocol/http/schemas.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";

/** `generations PATH`: the generations kept of a file, newest first (F22, F26). */
export function addGenerations(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("generations")
    .description(
      runner.say({ ja: "ファイルの世代を新しい順に表示", en: "list a file's generations" }),
    )
    .argument(
      "<PATH>",
      runner.say({
        ja: "サービス上の場所、またはバックアップ元のファイルのパス",
        en: "its place on the service, or its path in a source folder",
      }),
    )
    .action((path: string) =>
      runner.run(command.optsWithGlobals(), (context) => listGenerations(context, path)),
    );
  helpText(command, runner, [
    "azukeru-agent generations ~/Documents/plan.xlsx",
    "azukeru-agent generations ~/Documents/plan.xlsx --json",
  ]);
}

async function listGenerations(context: CommandContext, path: string): Promise<ExitCode> {
  const { output } = context;
  await using opened = await context.open({ command: "generations" });
  const generations: readonly Generation[] = await opened.agent.stored.generations(path);
  const { GENERATION_LINE, generationMembers, renderGenerations } =
    await import("../views/generation.ts");
  for (const one of generations) output.json(GENERATION_LINE, generationMembers(path, one));
  output.text(() => renderGenerations(generations, output));
  return EXIT_CODES.completed;
}
