import type { Command } from "commander";

import { message } from "../../../messages/message.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { LinePrompt } from "../line-prompt.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";

interface RepairOptions {
  readonly yes?: boolean;
}

/** `repair`: sets a state file that cannot be used aside and makes a new one with what can be read of it. */
export function addRepair(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("repair")
    .description(
      runner.say({
        ja: "壊れた状態ファイルを別に取っておき、読める内容で作り直す",
        en: "set a damaged state file aside and make a new one with what can be read of it",
      }),
    )
    .option("--yes", runner.say({ ja: "確認せずに実行", en: "do not ask" }))
    .action((options: RepairOptions) =>
      runner.run(command.optsWithGlobals(), (context) => repair(context, options)),
    );
  helpText(command, runner, ["azukeru-agent repair", "azukeru-agent repair --yes --json"]);
}

async function repair(context: CommandContext, { yes = false }: RepairOptions): Promise<ExitCode> {
  const { homePath, output, io } = context;
  const { holdForRepair } = await import("../hold-for-repair.ts");
  const { needsRepair, repairHome } = await import("../repair-home.ts");
  const { usingHome } = await import("../home-error.ts");
  const { reportRepair } = await import("../views/repair.ts");
  if (!usingHome(homePath, () => needsRepair(homePath))) {
    reportRepair(output, { kind: "nothing-to-do" });
    return EXIT_CODES.completed;
  }
  if (!yes && LinePrompt.isPossible(io) && !output.isJson) await confirm(context);
  using _ = holdForRepair(homePath);
  reportRepair(
    output,
    usingHome(homePath, () => repairHome(homePath, Date.now())),
  );
  return EXIT_CODES.completed;
}

async function confirm({ io, output, homePath }: CommandContext): Promise<void> {
  using prompt = new LinePrompt(io);
  const answer = await prompt.ask(
    output.say({
      ja: `${homePath} の状態ファイルは使えません。別に取っておき、新しく作り直しますか? [y/N] `,
      en: `The state file in ${homePath} cannot be used. Set it aside and make a new one? [y/N] `,
    }),
  );
  if (/^y(es)?$/i.test(answer?.trim() ?? "")) return;
  throw new CliError("cancelled", message("state.not-repaired"));
}
