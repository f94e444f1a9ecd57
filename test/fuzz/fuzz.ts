import type { ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import * as fc from "fast-check";

import { createMailServer } from "../../src/sim-server/smtp/mail-server.ts";
import { controlRequests } from "../contract/control-fuzz-arbitraries.ts";
import { fuzzRequest } from "../contract/storage-fuzz-arbitraries.ts";
import { makeService } from "../contract/storage-client.ts";
import { startCommand } from "../e2e/support/own-command.ts";
import { ServiceFilling } from "./service-filling.ts";
import { FUZZED_ACCOUNT, FuzzedWorld, type Served } from "./fuzzed-world.ts";
import { MemoryRecord } from "./memory-record.ts";
import { smtpDialogue } from "./smtp-dialogue.ts";
import type { LoopReport } from "./watch-loop.ts";

const HELP = `Usage: node test/fuzz/fuzz.ts [--requests NUMBER] [--seed NUMBER] [--data]

Sends requests that make little sense to a served simulator: to the storage service, to its control
interface and to its mail server. Then fills every store of it beyond its end, twice, and empties it.
Watches that it answers no 500, does not end, holds its loop for no longer than 100 ms, and keeps good
data; and that what it keeps in memory, garbage apart, stays level while requests go on, does not grow by
the second filling, and is what it was when all is emptied. Default: 300,000 requests, seed 1.

Exit codes: 0 all of it held, 1 something did not.`;

const HELD_MS_MAX = 100;
const CHECK_EVERY = 10_000;
/** Bytes of files and unfinished uploads; few, so that they are filled soon. */
const MEMORY_BYTES_MAX = 64 * 2 ** 20;
/** Memory of the process, garbage and room of the heap included, may grow by so much after the first tenth. */
const GROWTH_BYTES_MAX = 200 * 2 ** 20;

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "300000" },
    seed: { type: "string", default: "1" },
    data: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(`${HELP}\n`);
else process.exitCode = await fuzz(Number(values.requests), Number(values.seed), values.data);

async function fuzz(requestCount: number, seed: number, keepsData: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "azukeru-fuzz-"));
  const report = join(folder, "loop.json");
  const accounts = join(folder, "accounts.json");
  writeFileSync(accounts, JSON.stringify({ accounts: [FUZZED_ACCOUNT] }));
  const options = [
    "--account",
    accounts,
    "--smtp-port",
    "0",
    "--memory-max",
    String(MEMORY_BYTES_MAX),
    "--anonymous-uploads",
  ];
  if (keepsData) options.push("--data", join(folder, "data"));
  const running = startCommand("azukeru-sim", ["serve", "--json", ...options], {
    NODE_OPTIONS: `--expose-gc --import ${new URL("./watch-loop.ts", import.meta.url).href}`,
    LOOP_REPORT: report,
  });
  const failures: string[] = [];
  const fail = (what: string): void => {
    if (failures.length < 20) process.stdout.write(`${what}\n`);
    failures.push(what);
  };
  running.process.once("exit", (code) => {
    if (!isOver) fail(`the service ended with ${code}`);
  });
  let isOver = false;
  const served = await firstLine(running.process.stdout);
  const world = new FuzzedWorld(served, fail);
  const memory = new MemoryRecord();
  await world.plant();
  const startedAtMs = performance.now();
  const seconds = (): string => ((performance.now() - startedAtMs) / 1000).toFixed(0);
  let rssBytesEarly = 0;
  /** Notes what is kept now, and tells it. */
  const look = async (what: string): Promise<number> => {
    const { heldMsMax, rssBytes, keptBytes } = await cleaned(running.process, report);
    process.stdout.write(
      `${what}, ${seconds()} s, loop held ${heldMsMax.toFixed(0)} ms at most, ` +
        `memory ${megabytes(rssBytes)} MB, of which kept ${megabytes(keptBytes)} MB\n`,
    );
    return keptBytes;
  };
  const model = { storage: makeService(), mail: createMailServer({ clock: { nowMs: () => 0 } }) };
  const control = controlRequests([() => model.storage.snapshot(), () => model.mail.snapshot()]);
  for (let sent = 0, round = 0; sent < requestCount && !world.isGone; round += 1) {
    const count = Math.min(CHECK_EVERY, requestCount - sent);
    await world.send(
      fc.sample(fuzzRequest, { numRuns: Math.ceil(count * 0.6), seed: seed + round }),
    );
    await world.talk(
      fc.sample(smtpDialogue, { numRuns: Math.ceil(count * 0.1), seed: seed + round }),
    );
    await world.control(
      fc.sample(control, { numRuns: Math.ceil(count * 0.3), seed: seed + round }),
    );
    sent += count;
    await world.check();
    memory.noteRound(await look(`${sent} of ${requestCount} requests`));
    if (rssBytesEarly === 0 && sent >= requestCount / 10)
      rssBytesEarly = readReport(report).rssBytes;
  }
  const rssBytesLate = readReport(report).rssBytes;
  if (!world.isGone) {
    const filling = await ServiceFilling.begin(served, MEMORY_BYTES_MAX, fail);
    for (const time of ["once", "twice"] as const) {
      await filling.fill(time);
      memory.noteFull(await look(`filled ${time}`));
    }
    // Nobody could log in before: all sessions are taken.
    await world.plant();
    await world.check();
    memory.noteEmpty(await look("emptied"));
  }
  memory.faults().forEach(fail);
  const { heldMsMax, rssBytesMax } = await cleaned(running.process, report);
  if (heldMsMax > HELD_MS_MAX) fail(`the loop was held for ${heldMsMax.toFixed(0)} ms`);
  // A process that nobody watches holds its loop for no time, and one that answers nothing answers no 500.
  if (rssBytesMax === 0) fail("the loop was not watched");
  if (world.answerCount < requestCount / 2) fail(`only ${world.answerCount} answers came`);
  const growth = rssBytesLate - rssBytesEarly;
  if (growth > GROWTH_BYTES_MAX) fail(`memory of the process grew by ${megabytes(growth)} MB`);
  isOver = true;
  await running.kill();
  rmSync(folder, { recursive: true, force: true });
  process.stdout.write(
    `${requestCount} requests (seed ${seed}${keepsData ? ", --data" : ""}) in ${seconds()} s: ` +
      `${failures.length} failures, loop held ${heldMsMax.toFixed(0)} ms at most, ` +
      `memory ${megabytes(rssBytesEarly)} MB early, ${megabytes(rssBytesLate)} MB after the last request, ` +
      `${megabytes(rssBytesMax)} MB at most; ${memory.summary()}\n`,
  );
  return failures.length === 0 ? 0 : 1;
}

const NOTHING: LoopReport = {
  heldMsMax: 0,
  rssBytes: 0,
  rssBytesMax: 0,
  cleanCount: 0,
  keptBytes: 0,
};

/** What a process reports once it has thrown away what nobody needs; of one that has ended, nothing. */
async function cleaned(served: ChildProcess, report: string): Promise<LoopReport> {
  const { cleanCount } = readReport(report);
  served.kill("SIGUSR2");
  while (served.exitCode === null && served.signalCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const now = readReport(report);
    if (now.cleanCount > cleanCount) return now;
  }
  return NOTHING;
}

function readReport(file: string): LoopReport {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as LoopReport;
  } catch {
    // Not written yet.
    return NOTHING;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(0);
}

function firstLine(stdout: NodeJS.ReadableStream | null): Promise<Served> {
  return new Promise((resolve) => {
    let text = "";
    stdout?.on("data", (chunk: Buffer) => {
      text += String(chunk);
      const end = text.indexOf("\n");
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as Served);
    });
  });
}
