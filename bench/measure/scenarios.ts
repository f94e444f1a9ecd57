import { z } from "zod";

import { EXIT_CODES } from "../../src/scenarios/cli/exit-code.ts";
import { commandFile } from "../../test/e2e/support/own-command.ts";
import { ownTool, printFigure, say } from "../support/figure.ts";
import { runTimed } from "../support/timed-process.ts";
import { makeWorkFolder } from "../support/work-folder.ts";

const summarySchema = z.looseObject({ runs: z.int(), seconds: z.number().positive() });

/**
 * Scenarios a second on one core: generated days through the whole agent and service, judged. The
 * same seed every time, so the same days; the start of the program is not counted.
 */
export async function measureScenarios(scenarioCount: number, runCount: number): Promise<void> {
  await using folder = await makeWorkFolder(0);
  const rates: number[] = [];
  for (let run = 0; run < runCount; run += 1) {
    say(`scenarios: ${scenarioCount} of them, run ${run + 1} of ${runCount}`);
    const { stdout } = await runTimed({
      command: process.execPath,
      args: [
        commandFile("azukeru-sim"),
        "scenarios",
        "--json",
        "--seed=1",
        `--runs=${scenarioCount}`,
        "--workers=1",
        "--time-limit=600",
        `--out=${folder.path}`,
      ],
      // So few scenarios need not reach every declared cell.
      acceptedExitCodes: [EXIT_CODES.good, EXIT_CODES.cellMissed],
    });
    const summary = summarySchema.parse(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? ""));
    rates.push(summary.runs / summary.seconds);
  }
  printFigure({
    name: "scenarios-per-second-per-core",
    tool: ownTool("azukeru-sim"),
    unit: "scenarios/s",
    values: rates,
    details: { scenarioCount },
  });
}
