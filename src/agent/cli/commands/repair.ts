import type { Command } from "commander";

import { message } from "../../../messages/message.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { LinePrompt } from "../line-prompt.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import type { RepairedFile } from "../repair-home.ts";
import type { ServiceAnswer } from "../views/repair-service.ts";

interface RepairOptions {
  readonly yes?: boolean;
}

/**
 * `repair`: sets a state file that cannot be used aside, makes a new one with what can be read of it, and asks
 * the service for the rest.
 */
export function addRepair(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("repair")
    .description(
      runner.say({
        ja: "壊れた状態ファイルを別に取っておき、読める内容とサービス上の一覧から作り直す",
        en: "set a damaged state file aside and make a new one with what can be read of it and what the service has",
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
  const { needsRepair, isServiceDue } = await import("../repair-home.ts");
  const { usingHome } = await import("../home-error.ts");
  const { reportNothing, reportNext } = await import("../views/repair.ts");
  let repaired: RepairedFile | undefined;
  if (usingHome(homePath, () => needsRepair(homePath))) {
    if (!yes && LinePrompt.isPossible(io) && !output.isJson) await confirm(context);
    repaired = await repairFile(context);
  } else if (!usingHome(homePath, () => isServiceDue(homePath))) {
    reportNothing(output);
    return EXIT_CODES.completed;
  }
  const answer = await askService(context);
  reportNext(context, { repaired, answer });
  return EXIT_CODES.completed;
}

/** Puts the file right and tells of it; undefined when another process did meanwhile. */
async function repairFile({ homePath, output }: CommandContext): Promise<RepairedFile | undefined> {
  const { holdForRepair } = await import("../hold-for-repair.ts");
  const { repairHome } = await import("../repair-home.ts");
  const { usingHome } = await import("../home-error.ts");
  const { reportFile } = await import("../views/repair.ts");
  using _ = holdForRepair(homePath);
  const outcome = usingHome(homePath, () => repairHome(homePath, Date.now()));
  if (outcome.kind === "nothing-to-do") return undefined;
  reportFile(output, outcome);
  return outcome;
}

/** What the service tells; its refusal or silence is no failure of the repair, and is told as it is. */
async function askService(context: CommandContext): Promise<ServiceAnswer> {
  const { AgentError } = await import("../../agent-error.ts");
  const { reportService } = await import("../views/repair-service.ts");
  let answer: ServiceAnswer;
  await using opened = await context.open({ command: "repair" });
  try {
    answer = { kind: "told", recovery: await opened.agent.recovery.run() };
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    answer = { kind: "silent", code: error.code, reason: error.reason };
  }
  reportService(context.output, answer);
  return answer;
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
