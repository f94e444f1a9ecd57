import { randomBytes } from "node:crypto";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { HOSTILE_ENTRIES } from "../../src/sim-server/faults/storage-fault.ts";
import { AgentHome, outputLines, type OutputLine } from "./support/agent-home.ts";
import { startService, type ServiceProcess } from "./support/service-process.ts";

const FILE_COUNT = 60;
const FILE_BYTES = 64 * 1024;
const LARGE_FILE_BYTES = 3_000_000;
/** Slow enough for the kill to hit the middle. */
const BYTES_PER_SECOND = 256 * 1024;
const WAIT_MS_MAX = 10 * 60_000;
const OLD_TIME = new Date("2020-02-02T02:02:02Z");

const folder = mkdtempSync(join(tmpdir(), "azukeru-restore-"));
const cleanup = new AsyncDisposableStack();
cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
const source = join(folder, "source");
/** What is in the source, by path below it. */
const contents = new Map<string, Buffer>();
let service: ServiceProcess;
let agent: AgentHome;
let deep: string;
let target: string;

beforeAll(async () => {
  contents.set("0-large.bin", randomBytes(LARGE_FILE_BYTES));
  for (let index = 0; index < FILE_COUNT; index += 1) {
    contents.set(`folder-${index % 5}/${index}.bin`, randomBytes(FILE_BYTES));
  }
  for (const [path, content] of contents) writeBelow(source, path, content);
  service = cleanup.use(await startService());
  agent = await AgentHome.create(join(folder, "home"), service.access, [source]);
  await agent.mustRun(["backup", "run"]);
});

afterAll(() => cleanup.disposeAsync());

beforeEach(async () => {
  await service.clearFaults();
  // Deep enough for `../..` to stay where this test can see it.
  deep = mkdtempSync(join(folder, "deep-"));
  target = join(deep, "a", "b", "target");
  mkdirSync(target, { recursive: true });
});

test("files come back with their bytes and times", async () => {
  const job = endedJob(await agent.mustRun(["restore", source, target]));

  expect(job).toMatchObject({ status: "completed" });
  expect(filesBelow(target).toSorted()).toEqual([...contents.keys()].toSorted());
  for (const [path, content] of contents) {
    expect(readFileSync(join(target, path)).equals(content)).toBe(true);
    const [here, there] = [target, source].map((root) =>
      statSync(join(root, path), { bigint: true }),
    );
    const offNs = Number((here?.mtimeNs ?? 0n) - (there?.mtimeNs ?? 0n));
    expect(Math.abs(offNs)).toBeLessThanOrEqual(240);
  }
});

test("a hostile service puts nothing outside the chosen folder, and each name is reported", async () => {
  // Each of them could be fetched as well, if somebody asked.
  for (const path of ["**/outside", "**/*outside*"]) {
    await service.inject({ kind: "false-file", operation: "getFile", path, times: "forever" });
  }
  await service.inject({
    kind: "hostile-listing",
    operation: "getFolder",
    entries: [...HOSTILE_ENTRIES],
  });

  const { exitCode, stdout } = await agent.run(["restore", source, target, "--json"]);
  const job = endedJob(outputLines(stdout));

  expect(exitCode).not.toBe(0);
  expect(job).toMatchObject({ status: "communication-error", causes: [{ id: "R-CE-6" }] });
  expect(filesBelow(target).toSorted()).toEqual([...contents.keys()].toSorted());
  expect(filesBelow(deep).filter((path) => !path.startsWith("a/b/target/"))).toEqual([]);
  const show = ["history", "show", String(job?.["jobId"]), "--status", "communication-error"];
  const rows = (await agent.mustRun(show)).filter(({ type }) => type === "file");
  expect(rows.map(({ path }) => path)).toHaveLength(HOSTILE_ENTRIES.length);
  expect(rows.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["../../outside", "C:\\outside", "link", "nul\ufffdoutside"]),
  );
});

test("after kill -9 every file is whole, old or new, and the next run removes the rest", async () => {
  const old = new Map([...contents].map(([path]) => [path, Buffer.from(`old ${path}`)]));
  for (const [path, content] of old) writeBelow(target, path, content);
  await service.inject({
    kind: "slow",
    operation: "getFile",
    bytesPerSecond: BYTES_PER_SECOND,
    times: "forever",
  });
  const killed = agent.start(["restore", source, target, "--on-conflict", "overwrite"]);
  const isNew = (path: string): boolean =>
    readFileSync(join(target, path)).equals(contents.get(path) ?? Buffer.alloc(0));
  await until(() => [...contents.keys()].filter(isNew).length >= 8);
  await killed.kill();

  const left = filesBelow(target).filter((path) => !contents.has(path));
  expect(left.length).toBeGreaterThan(0);
  expect(left.every((path) => basename(path).startsWith(".azukeru-restore-"))).toBe(true);
  let [oldCount, newCount] = [0, 0];
  for (const path of contents.keys()) {
    if (isNew(path)) newCount += 1;
    else if (readFileSync(join(target, path)).equals(old.get(path) ?? Buffer.alloc(0)))
      oldCount += 1;
  }
  expect(newCount).toBeGreaterThanOrEqual(8);
  expect(oldCount).toBeGreaterThan(0);
  expect(oldCount + newCount).toBe(contents.size);

  await service.clearFaults();
  await agent.mustRun(["backup", "run"]);
  expect(filesBelow(target).toSorted()).toEqual([...contents.keys()].toSorted());

  await agent.mustRun(["restore", source, target, "--on-conflict", "overwrite"]);
  expect([...contents.keys()].every(isNew)).toBe(true);
  const jobs = (await agent.mustRun(["history", "restore"])).filter(({ type }) => type === "job");
  expect(jobs).toMatchObject([
    { status: "completed" },
    { status: "unexpected", endedAt: null, causes: [{ id: "R-UX-2" }, { id: "R-UX-3" }] },
    {},
    {},
  ]);
});

function writeBelow(root: string, path: string, content: Buffer): void {
  const full = join(root, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  if (root !== source) utimesSync(full, OLD_TIME, OLD_TIME);
}

function filesBelow(root: string): string[] {
  const found = globSync("**/{*,.*}", { cwd: root });
  return found.filter((path) => statSync(join(root, path)).isFile());
}

function endedJob(lines: readonly OutputLine[]): OutputLine | undefined {
  return lines.find(({ type }) => type === "job-ended");
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error("the restore never came to its middle");
    await sleep(50);
  }
}
