import { fileURLToPath } from "node:url";

import { Command } from "commander";

import { renderTable } from "../../agent/cli/render/render-table.ts";
import { paintFor } from "../../agent/cli/render/style.ts";
import type { Bug } from "../mutants/bug.ts";
import { BUGS } from "../mutants/bugs.ts";
import { huntBug, type Hunt, type HuntOptions } from "../mutants/hunt-bug.ts";
import { huntWithSweep } from "../mutants/hunt-with-sweep.ts";
import { sowBug } from "../mutants/sow-bug.ts";
import { SWEEP_BUGS } from "../mutants/sweep-bugs.ts";
import { EXIT_CODES } from "./exit-code.ts";
import { wholeNumber } from "./whole-number.ts";

const EXAMPLES = `
Examples:
  $ azukeru-sim mutants
  $ azukeru-sim mutants --only no-retry --runs 2000

Exit codes: 0 every bug was noticed, 1 one was not, 2 there is no such bug.`;

interface Options {
  readonly only?: string;
  readonly runs: number;
  readonly seed: number;
  readonly timeLimit: number;
}

/** `azukeru-sim mutants`. */
export function mutantsCommand(): Command {
  return new Command("mutants")
    .description(
      "put known bugs into a copy of the source and see that the scenarios, or the sweep, notice each",
    )
    .option("--only <name>", "only this bug")
    .option("--runs <number>", "scenarios at most against each", wholeNumber, 1200)
    .option("--seed <number>", "what they follow from", wholeNumber, 1)
    .option("--time-limit <seconds>", "for each", wholeNumber, 300)
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      process.exitCode = await runMutants(options);
    });
}

async function runMutants({ only, runs, seed, timeLimit }: Options): Promise<number> {
  const all = trials({ runs, seed, timeLimitS: timeLimit });
  const chosen = all.filter(({ bug }) => only === undefined || bug.name === only);
  if (chosen.length === 0) {
    const names = [...new Set(all.map(({ bug }) => bug.name))].join(", ");
    process.stderr.write(`there is no bug ${only}; there are ${names}\n`);
    return EXIT_CODES.usage;
  }
  const project = fileURLToPath(new URL("../../../", import.meta.url));
  const paint = paintFor(process.stdout);
  const rows: string[][] = [];
  let unnoticedCount = 0;
  for (const { bug, triedWith, hunt: run } of chosen) {
    process.stderr.write(`${bug.name} (${triedWith}) ...\n`);
    const startMs = performance.now();
    using copy = sowBug(project, bug);
    const hunt = await run(copy.folder);
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    if (hunt.exitCode === 0) unnoticedCount += 1;
    const noticedBy = hunt.exitCode === 0 ? "NOT NOTICED" : hunt.noticedBy.slice(0, 3).join(", ");
    rows.push([bug.name, triedWith, noticedBy, String(hunt.runCount), seconds, bug.takesAway]);
  }
  const columns = [
    { title: "bug" },
    { title: "tried with" },
    {
      title: "noticed by",
      style: (text: string) => paint(text.startsWith("NOT") ? "bad" : "good", text),
    },
    { title: "runs", align: "right" as const },
    { title: "seconds", align: "right" as const },
    { title: "what is taken away" },
  ];
  process.stdout.write(`${renderTable(columns, rows)}\n`);
  return unnoticedCount === 0 ? EXIT_CODES.good : EXIT_CODES.violation;
}

/** A bug and what has to notice it. */
interface Trial {
  readonly bug: Bug;
  readonly triedWith: "scenarios" | "sweep";
  readonly hunt: (folder: string) => Promise<Hunt>;
}

/** Every bug; one that both have to notice comes twice. */
function trials(options: HuntOptions): readonly Trial[] {
  return [
    ...BUGS.map((bug): Trial => ({
      bug,
      triedWith: "scenarios",
      hunt: (folder) => huntBug(folder, options),
    })),
    ...SWEEP_BUGS.map((bug): Trial => ({ bug, triedWith: "sweep", hunt: huntWithSweep })),
  ];
}
