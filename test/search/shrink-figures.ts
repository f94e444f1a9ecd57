/*
 * How small failures become: for some sown bugs the first generated scenario that fails, and what is left of it once
 * it is made small. Prints a row for each, and with --texts what is left.
 *
 *   node test/search/shrink-figures.ts [--seed 1] [--jobs 2] [--texts] [bug:topic ...]
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import type { ScenarioSize } from "../../src/scenarios/shrinking/scenario-size.ts";
import { renderTable } from "../../src/terminal/render-table.ts";
import { BuggyCopy } from "./buggy-copy.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));

/** Bugs of all kinds of jobs, with the topic whose scenarios find them soon. */
const BUGS = [
  "no-retry:backup",
  "one-generation-too-many:backup",
  "capacity-off-by-one:backup",
  "restores-no-times:restore",
  "restores-through-links:restore",
  "deletes-guests:delete",
  "no-second-look:delete",
  "missed-slots-get-no-row:schedule",
  "mail-for-completed-runs:schedule",
  "orphans-stay-open:schedule",
];

const { values, positionals } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    texts: { type: "boolean", default: false },
    jobs: { type: "string", default: "2" },
  },
  allowPositionals: true,
});

const rows: string[][] = [];
const waiting = positionals.length === 0 ? [...BUGS] : positionals;
await Promise.all(
  Array.from({ length: Number(values.jobs) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await show(next);
  }),
);

async function show(wish: string): Promise<void> {
  const [bug = "", topic = "all"] = wish.split(":");
  const path = ["fixtures/mutants", "fixtures/blind-mutants"]
    .map((folder) => join(PROJECT, folder, `${bug}.patch`))
    .find((each) => existsSync(each));
  if (path === undefined) throw new Error(`there is no bug ${bug}`);
  using copy = new BuggyCopy(PROJECT);
  copy.sow(path);
  const line = await copy.shrink(values.seed, topic);
  process.stderr.write(`${bug}: ${line?.law ?? "not found"}\n`);
  if (line === undefined) {
    rows.push([bug]);
    return;
  }
  const { index, law, found, shrunk, triedCount, text } = line;
  rows.push([bug, law, `${index}`, sizeText(found), sizeText(shrunk), `${triedCount}`]);
  if (values.texts) process.stdout.write(`# ${bug}\n${text}\n`);
}

const columns = ["bug", "law", "run", "found", "made small", "tried"].map((title) => ({ title }));
process.stdout.write(`${renderTable(columns, rows)}\n`);

function sizeText({ lines, steps, faults, entries }: ScenarioSize): string {
  return `${lines} lines: ${steps} steps, ${faults} faults, ${entries} entries`;
}
