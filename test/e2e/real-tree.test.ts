import { hash } from "node:crypto";
import { appendFileSync, lstatSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { DEFAULT_TUNING } from "../../src/agent/tuning.ts";
import { HEADERS } from "../../src/protocol/http/headers.ts";
import { AgentHome, outputLines, type OutputLine } from "./support/agent-home.ts";
import { canTraceOpens, openedFiles, startTraced } from "./support/opened-files.ts";
import { commandFile } from "./support/own-command.ts";
import { ServiceClient } from "./support/service-client.ts";
import { startService, type ServiceProcess } from "./support/service-process.ts";

/** A file that is older than this when it is read is told unchanged by its times. */
const SETTLE_MS = 2_500;
const READING_METHODS = new Set(["GET", "HEAD"]);

const folder = mkdtempSync(join(tmpdir(), "azukeru-real-tree-"));
const cleanup = new AsyncDisposableStack();
cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
const source = join(folder, "書類");
const files = realTree();
const isTracing = canTraceOpens();
let service: ServiceProcess;
let client: ServiceClient;
let agent: AgentHome;
let destination: readonly string[];
let requestNumber = 0;
let openedWithoutChange: ReadonlySet<string> | undefined;
let openedAfterChange: ReadonlySet<string> | undefined;
let changedPaths: ReadonlySet<string> = new Set();

beforeAll(async () => {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  mkdirSync(join(source, "空のフォルダ"));
  service = cleanup.use(await startService());
  client = await ServiceClient.logIn(service.access);
  agent = await AgentHome.create(join(folder, "home"), service.access, [source]);
  const [line] = await agent.mustRun(["source", "list"]);
  destination = String(line?.["destination"]).split("/");
  await sleep(SETTLE_MS);
});

afterAll(() => cleanup.disposeAsync());

describe("a real folder on a real disk, backed up to a real port", () => {
  test("is on the service byte for byte, with its modification times", async () => {
    const { lines } = await backUp("first");

    expect(lines.at(-1)).toMatchObject({ type: "summary", transferredFileCount: files.size });
    for (const [path, content] of files) {
      const answer = await client.file(placeOf(path));
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect({
        path,
        status: answer.status,
        sha256: hash("sha256", bytes),
        modifiedAtNs: answer.headers.get(HEADERS.modifiedAtNs),
      }).toEqual({
        path,
        status: 200,
        sha256: hash("sha256", content),
        modifiedAtNs: timeOf(path),
      });
    }
    const entries = await client.entriesBelow(destination);
    const empty = entries.find(({ name }) => name === "空のフォルダ");
    expect(empty).toMatchObject({ kind: "folder" });
    expect(entries.filter(({ kind }) => kind === "file")).toHaveLength(files.size);
  });

  test("is without difference the second time, and sends nothing", async () => {
    const { lines, opened } = await backUp("second");

    expect(countByStatus(lines)).toEqual({ "no-difference": files.size + 1 });
    const requests = await service.requestsAfter(requestNumber);
    expect(requests.filter(({ method }) => !READING_METHODS.has(method))).toEqual([]);
    expect(requests.map(({ requestBytes }) => requestBytes)).toEqual(requests.map(() => 0));
    openedWithoutChange = opened;
  });

  test("has ten new generations after ten files changed, and no other", async () => {
    const changed = [...files.keys()].filter((_, index) => index % 30 === 0).slice(0, 10);
    for (const path of changed) appendFileSync(join(source, path), "changed");

    const { lines, opened } = await backUp("third");

    expect(changed).toHaveLength(10);
    expect(countByStatus(lines)).toEqual({
      completed: 10,
      "no-difference": files.size + 1 - 10,
    });
    const counts = await Promise.all(
      [...files.keys()].map(async (path) => (await client.generations(placeOf(path))).length),
    );
    const grown = [...files.keys()].filter((_, index) => counts[index] === 2);
    expect(new Set(grown)).toEqual(new Set(changed));
    expect(counts.filter((count) => count === 1)).toHaveLength(files.size - 10);
    openedAfterChange = opened;
    changedPaths = new Set(changed);
  });

  test.skipIf(!isTracing)("had no file opened but those that had changed", () => {
    expect(openedWithoutChange).toEqual(new Set());
    // A trace that saw nothing at all would be empty too: it has to show what was changed.
    expect(openedAfterChange).toEqual(changedPaths);
  });
});

/** One backup; the files below the source that it opened are known only where `strace` works. */
async function backUp(
  name: string,
): Promise<{ readonly lines: readonly OutputLine[]; readonly opened: ReadonlySet<string> }> {
  requestNumber = (await service.requestsAfter(0)).at(-1)?.number ?? 0;
  const args = ["backup", "run", "--json", "--verbose"];
  const traceFile = join(folder, `${name}.strace`);
  const running = isTracing
    ? startTraced([process.execPath, commandFile("azukeru-agent"), ...args], traceFile, agent.env)
    : agent.start(args);
  const { exitCode, stdout, stderr } = await running.ended;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const opened = isTracing ? openedFiles(traceFile, source) : new Set<string>();
  return { lines: outputLines(stdout), opened };
}

function countByStatus(lines: readonly OutputLine[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type, status } of lines) {
    if (type === "file") counts[String(status)] = (counts[String(status)] ?? 0) + 1;
  }
  return counts;
}

function placeOf(path: string): string[] {
  return [...destination, ...path.split("/")];
}

function timeOf(path: string): string {
  return String(lstatSync(join(source, path), { bigint: true }).mtimeNs);
}

/** Path -> content: names a Japanese PC has, and a file for each way the agent sends files. */
function realTree(): ReadonlyMap<string, Buffer> {
  const tree = new Map<string, Buffer>();
  for (let index = 0; index < 300; index += 1) {
    const path = `部署${index % 12}/議事録/第${index}回 打ち合わせ（最終）.txt`;
    tree.set(path, Buffer.from(`第${index}回\n`.repeat(index)));
  }
  tree.set("空.txt", Buffer.alloc(0));
  tree.set("ガ.txt".normalize("NFC"), Buffer.from("NFC"));
  tree.set("ガ.txt".normalize("NFD"), Buffer.from("NFD"));
  tree.set("a'b (1) & 100%.txt", Buffer.from("signs"));
  tree.set("絵文字😀.txt", Buffer.from("beyond the basic plane"));
  tree.set(`${"長".repeat(80)}.txt`, Buffer.from("a name of 244 bytes"));
  tree.set("中くらい.bin", patterned(DEFAULT_TUNING.batchedFileBytesMax + 1));
  tree.set("大きい.bin", patterned(DEFAULT_TUNING.wholeFileBytesMax * 2 + 1));
  return tree;
}

function patterned(sizeBytes: number): Buffer {
  const content = Buffer.alloc(sizeBytes);
  for (let offset = 0; offset + 4 <= sizeBytes; offset += 4) content.writeUInt32LE(offset, offset);
  return content;
}
