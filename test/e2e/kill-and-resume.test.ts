import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, expect, test } from "vitest";

import { DEFAULT_TUNING } from "../../src/agent/tuning.ts";
import { formatServicePath } from "../../src/protocol/service-path.ts";
import type { LoggedRequest } from "../../src/sim-server/storage/service/request-log.ts";
import { AgentHome, type OutputLine } from "./support/agent-home.ts";
import { ServiceClient } from "./support/service-client.ts";
import { startService, type ServiceProcess } from "./support/service-process.ts";

const SMALL_FILE_COUNT = 600;
const SMALL_FILE_BYTES = 16 * 1024;
const LARGE_FILE = "0-large.bin";
const LARGE_FILE_BYTES = DEFAULT_TUNING.appendBytes * 6 + 12_345;
/** Slow enough for the kill to hit the middle: a batch takes two seconds, an append one. */
const BATCH_BYTES_PER_SECOND = DEFAULT_TUNING.batchBytesMax / 2;
const APPEND_BYTES_PER_SECOND = DEFAULT_TUNING.appendBytes;
const WAIT_MS_MAX = 10 * 60_000;

const folder = mkdtempSync(join(tmpdir(), "azukeru-kill-"));
const cleanup = new AsyncDisposableStack();
cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
const source = join(folder, "source");
let service: ServiceProcess;
let client: ServiceClient;
let agent: AgentHome;
let destination: readonly string[];

beforeAll(async () => {
  for (let index = 0; index < SMALL_FILE_COUNT; index += 1) {
    writeBelow(`folder-${index % 7}/${index}.bin`, randomBytes(SMALL_FILE_BYTES));
  }
  writeBelow(LARGE_FILE, randomBytes(LARGE_FILE_BYTES));
  service = cleanup.use(await startService());
  client = await ServiceClient.logIn(service.access);
  agent = await AgentHome.create(join(folder, "home"), service.access, [source]);
  const [line] = await agent.mustRun(["source", "list"]);
  destination = String(line?.["destination"]).split("/");
});

afterAll(() => cleanup.disposeAsync());

test("goes on after kill -9 where it stopped, and sends nothing again that was committed", async () => {
  await slowDown("batchUpload", BATCH_BYTES_PER_SECOND);
  await slowDown("appendUpload", APPEND_BYTES_PER_SECOND);
  const killed = agent.start(["backup", "run"]);
  await untilRequests(
    (all) => answered(all, "batchUpload") >= 1 && answered(all, "appendUpload") >= 2,
  );
  await killed.kill();
  await service.clearFaults();
  await logPathsOfBatches();
  const before = await restingRequests();
  const committed = await committedFiles();

  const next = await agent.run(["backup", "run"]);

  expect({ exitCode: next.exitCode, stderr: next.stderr }).toMatchObject({ exitCode: 0 });
  expect(await history()).toMatchObject([
    { status: "completed", endedAt: expect.any(String) },
    { status: "unexpected", endedAt: null, causes: [{ id: "B-UX-7" }, { id: "B-UX-8" }] },
  ]);
  const after = await service.requestsAfter(before.at(-1)?.number ?? 0);
  expect(committed.length).toBeGreaterThan(0);
  expect(committed.length).toBeLessThan(SMALL_FILE_COUNT);
  expect(sentPaths(after).intersection(new Set(committed))).toEqual(new Set());

  // Of the large file, only what was on its way when the process died may have gone out twice.
  const sentBefore = appendedBytes(before);
  const sentAfter = appendedBytes(after);
  expect(sentBefore).toBeGreaterThanOrEqual(DEFAULT_TUNING.appendBytes * 2);
  expect(sentAfter).toBeLessThanOrEqual(LARGE_FILE_BYTES - DEFAULT_TUNING.appendBytes * 2);
  expect(sentBefore + sentAfter).toBeGreaterThanOrEqual(LARGE_FILE_BYTES);
  expect(sentBefore + sentAfter).toBeLessThan(LARGE_FILE_BYTES + DEFAULT_TUNING.appendBytes);
  expect(after.filter(({ operationId }) => operationId === "createUpload")).toEqual([]);

  const entries = await client.entriesBelow(destination);
  const counts = entries.map((entry) => (entry.kind === "file" ? entry.generationCount : 0));
  expect(counts.filter((count) => count > 0)).toEqual(
    Array.from({ length: SMALL_FILE_COUNT + 1 }, () => 1),
  );
});

function writeBelow(path: string, content: Buffer): void {
  mkdirSync(dirname(join(source, path)), { recursive: true });
  writeFileSync(join(source, path), content);
}

function slowDown(
  operation: "batchUpload" | "appendUpload",
  bytesPerSecond: number,
): Promise<void> {
  return service.inject({ kind: "slow", operation, bytesPerSecond, times: "forever" });
}

/** The log names the files of a batch only while a fault looks for paths: one that never strikes. */
function logPathsOfBatches(): Promise<void> {
  return service.inject({ kind: "delay", delayMs: 0, path: "**", nth: 1_000_000_000 });
}

async function untilRequests(isEnough: (all: readonly LoggedRequest[]) => boolean): Promise<void> {
  const deadline = performance.now() + WAIT_MS_MAX;
  while (!isEnough(await service.requestsAfter(0))) {
    if (performance.now() > deadline) throw new Error("the backup never came to its middle");
    await sleep(20);
  }
}

/** All requests so far, once the service has seen that the killed process is gone. */
async function restingRequests(): Promise<readonly LoggedRequest[]> {
  await untilRequests((all) => all.every(({ outcome }) => outcome !== "pending"));
  return service.requestsAfter(0);
}

function answered(all: readonly LoggedRequest[], operationId: string): number {
  return all.filter((one) => one.operationId === operationId && one.outcome === "answered").length;
}

async function committedFiles(): Promise<readonly string[]> {
  const entries = await client.entriesBelow(destination);
  return entries.filter(({ kind }) => kind === "file").map(({ path }) => path);
}

/** Files whose bytes a request carried. */
function sentPaths(requests: readonly LoggedRequest[]): Set<string> {
  const carrying = requests.filter(
    ({ requestBytes, method }) => requestBytes > 0 && method !== "PATCH",
  );
  const large = formatServicePath([...destination, LARGE_FILE]);
  const paths = carrying.flatMap((one) => [...one.paths]);
  return new Set(appendedBytes(requests) > 0 ? [...paths, large] : paths);
}

function appendedBytes(requests: readonly LoggedRequest[]): number {
  const appends = requests.filter(({ operationId }) => operationId === "appendUpload");
  return appends.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
}

async function history(): Promise<readonly OutputLine[]> {
  return (await agent.mustRun(["history"])).filter(({ type }) => type === "job");
}
