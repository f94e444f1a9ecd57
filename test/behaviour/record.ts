import { createWriteStream, globSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import { openApiDocument } from "../../src/protocol/http/openapi.ts";
import { startCommand } from "../e2e/support/own-command.ts";
import { recordCommands } from "./record-commands.ts";
import { recordFiles, recordSeries } from "./record-scenarios.ts";

/*
 * Puts down what the project does, to hold a change of structure against it:
 *   node test/behaviour/record.ts FOLDER [PART ...]
 * on either side of the change, then `diff -r` over both folders. Parts: seed-1 .. seed-5, files,
 * sweep, commands, documents; all of them without one.
 */

const RUN_COUNT = 400;

async function* lines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield `${text}\n`;
}

async function write(path: string, texts: AsyncIterable<string>): Promise<void> {
  await pipeline(Readable.from(lines(texts)), createWriteStream(path));
}

async function* recordSweep(): AsyncGenerator<string> {
  const { exitCode, stdout, stderr } = await startCommand("azukeru-sim", ["sweep", "--json"]).ended;
  for (const line of stdout.trimEnd().split("\n")) {
    yield line.replace(/"seconds":[\d.]+/, '"seconds":0');
  }
  yield JSON.stringify({ exitCode, isQuiet: stderr === "" });
}

const [folder, ...chosen] = process.argv.slice(2);
if (folder === undefined) throw new Error("give the folder to write to");
mkdirSync(folder, { recursive: true });

const scenarioFiles = globSync("fixtures/{regressions,scenarios}/*.yaml").toSorted();
const parts: Readonly<Record<string, () => Promise<void>>> = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((seed) => [
      `seed-${seed}`,
      () => write(join(folder, `seed-${seed}.jsonl`), recordSeries(seed, RUN_COUNT)),
    ]),
  ),
  files: () => write(join(folder, "files.jsonl"), recordFiles(scenarioFiles)),
  sweep: () => write(join(folder, "sweep.jsonl"), recordSweep()),
  commands: () => write(join(folder, "commands.jsonl"), recordCommands()),
  documents: async () => {
    const document = JSON.stringify(openApiDocument("recorded"), undefined, 2);
    writeFileSync(join(folder, "openapi.json"), `${document}\n`);
  },
};
for (const [name, record] of Object.entries(parts)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  await record();
  process.stderr.write(`${name} is recorded\n`);
}
