import type { Command } from "commander";

import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";

/** `capacity`: plan, used and free capacity with an indicator (F45). */
export function addCapacity(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("capacity")
    .description(runner.say({ ja: "契約の容量と使用量を表示", en: "show plan and capacity" }))
    .action(() => runner.run(command.optsWithGlobals(), showCapacity));
  helpText(command, runner, ["azukeru-agent capacity", "azukeru-agent capacity --json"]);
}

async function showCapacity(context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  await using opened = await context.open({ command: "capacity" });
  const { agent } = opened;
  const contract = await agent.stored.capacity();
  const { CAPACITY_LINE, capacityMembers, renderCapacity } = await import("../views/capacity.ts");
  output.json(CAPACITY_LINE, capacityMembers(contract));
  output.text(() => renderCapacity(contract, output));
  return EXIT_CODES.completed;
}
