import { commandFile } from "../../test/e2e/support/own-command.ts";
import { ownTool, printFigure, say } from "../support/figure.ts";
import { runTimed } from "../support/timed-process.ts";

/** Scenarios a second on one core: generated days through the whole agent and service, judged. */
export async function measureScenarios(scenarioCount: number, runCount: number): Promise<void> {
  const rates: number[] = [];
  for (let run = 0; run < runCount; run += 1) {
    say(`scenarios: ${scenarioCount} of them, run ${run + 1} of ${runCount}`);
    const { wallSeconds } = await runTimed({
      command: process.execPath,
      args: [
        commandFile("azukeru-sim"),
        "scenarios",
        "--json",
        "--seed=1",
        `--runs=${scenarioCount}`,
      ],
    });
    rates.push(scenarioCount / wallSeconds);
  }
  printFigure({
    name: "scenarios-per-second-per-core",
    tool: ownTool("azukeru-sim"),
    unit: "scenarios/s",
    values: rates,
    details: { scenarioCount },
  });
}
