import { randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { NodeClock } from "../../src/agent/adapters/node-clock.ts";
import { NodeDialer } from "../../src/agent/adapters/node-dialer.ts";
import { NodeDisk } from "../../src/agent/adapters/node-disk.ts";
import { NodeTargetDisk } from "../../src/agent/adapters/node-target-disk.ts";
import { Agent } from "../../src/agent/agent.ts";
import type { JobRecord } from "../../src/protocol/job-record.ts";
import { tinyHttpServer, type TinyServer } from "../../src/agent/testing/tiny-server.ts";
import { createStorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import { AMPLE_MEMORY } from "../../src/agent/testing/ample-memory.ts";

const FILE_COUNT = 120;
/** Somebody who is not root, for root may read everything. */
const NOBODY_ID = 65_534;

/** The agent on the machine's disk with 差分比較削除 on, before a storage service on a real port. */
class Bench implements AsyncDisposable {
  readonly storage = createStorageService({
    clock: { nowMs: () => Date.now() },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "taro", password: "open-sesame" }],
    checkContract: true,
  });
  readonly folder = mkdtempSync(join(tmpdir(), "azukeru-compare-delete-"));
  readonly source = join(this.folder, "書類");
  readonly agent = this.#openAgent();
  destination: readonly string[] = [];
  #server: TinyServer | undefined;

  async start(): Promise<void> {
    for (let index = 0; index < FILE_COUNT; index += 1) {
      this.write(`部署${index % 6}/議事録${index}.txt`, `第${index}回\n`.repeat(index + 1));
    }
    mkdirSync(join(this.source, "空のフォルダ"));
    this.#server = await tinyHttpServer(this.storage.listener);
    await this.agent.account.login({
      serviceUrl: this.#server.url,
      loginId: "taro",
      password: "open-sesame",
    });
    const { destination } = await this.agent.sources.add(this.source);
    this.destination = destination.split("/");
    this.agent.settings.change({ compareDelete: true });
    await this.agent.runs.backUp();
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.source, path)), { recursive: true });
    writeFileSync(join(this.source, path), content);
  }

  remove(path: string): void {
    rmSync(join(this.source, path), { recursive: true });
  }

  /** Runs a backup; its delete job. */
  async deletion(request: { readonly confirmDeletions?: boolean } = {}): Promise<JobRecord> {
    const [, job] = await this.agent.runs.backUp({ trigger: "manual", ...request });
    if (job?.kind !== "delete") throw new Error("there is no delete job");
    return job;
  }

  /** What is on the service below the destination; a folder's path ends in a slash. */
  stored(): string[] {
    const prefix = `${this.destination.join("/")}/`;
    return this.storage
      .explorer("taro")
      .list(this.destination)
      .map(({ kind, path }) => path.slice(prefix.length) + (kind === "folder" ? "/" : ""))
      .toSorted();
  }

  /** What is on the disk below the source, in the same words. */
  onDisk(): string[] {
    return readdirSync(this.source, { recursive: true, withFileTypes: true })
      .map((entry) => {
        const path = join(entry.parentPath, entry.name).slice(this.source.length + 1);
        return path + (entry.isDirectory() ? "/" : "");
      })
      .toSorted();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.agent.close();
    await this.#server?.[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #openAgent(): Agent {
    const ports = {
      clock: new NodeClock(),
      entropy: { random: () => 0 },
      disk: new NodeDisk(),
      targetDisk: new NodeTargetDisk(),
      memory: AMPLE_MEMORY,
      log: { write: () => undefined },
      dialer: new NodeDialer(),
      database: new DatabaseSync(":memory:"),
    };
    return Agent.open(ports, { homePath: join(this.folder, "home"), defaultDeviceName: "pc" });
  }
}

let bench: Bench;

beforeEach(async () => {
  bench = new Bench();
  await bench.start();
});

afterEach(() => bench[Symbol.asyncDispose]());

describe("a real folder, backed up and then changed", () => {
  test("has exactly what was deleted from it deleted on the service, told by one row", async () => {
    expect(bench.stored()).toEqual(bench.onDisk());
    const before = bench.stored();
    const gone = before.filter((path) => path.endsWith(".txt")).slice(0, 20);
    const sizes = new Map(
      bench.storage
        .explorer("taro")
        .list(bench.destination)
        .map((entry) => [
          entry.path.slice(bench.destination.join("/").length + 1),
          entry.kind === "file" ? entry.sizeBytes : 0,
        ]),
    );
    for (const path of [...gone, "空のフォルダ"]) bench.remove(path);

    const job = await bench.deletion();

    expect(bench.stored()).toEqual(bench.onDisk());
    expect(before.filter((path) => !bench.stored().includes(path))).toEqual(
      [...gone, "空のフォルダ/"].toSorted(),
    );
    const sizeBytes = gone.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
    expect(job).toMatchObject({
      status: "completed",
      causes: ["DEL-OK-1"],
      targetFileCount: 20,
      targetBytes: sizeBytes,
      transferredFileCount: 20,
      transferredBytes: sizeBytes,
      targetCount: 21,
    });
    expect(bench.agent.history.jobs("delete").rows).toHaveLength(2);
    expect(bench.storage.internalErrors).toEqual([]);
  });

  test("has a whole folder go with all that was in it, and keeps what a person put beside", async () => {
    bench.storage
      .explorer("taro")
      .put([...bench.destination, "部署1", "手で置いた.txt"], Buffer.from("theirs"));
    bench.remove("部署0");
    bench.remove("部署1");

    const job = await bench.deletion();

    expect(job).toMatchObject({ status: "completed", targetFileCount: FILE_COUNT / 3 });
    expect(bench.stored()).toEqual(
      [...bench.onDisk(), "部署1/", "部署1/手で置いた.txt"].toSorted(),
    );
  });

  test("keeps everything when it is suddenly empty, until a person confirms (D15)", async () => {
    const before = bench.stored();
    for (const name of readdirSync(bench.source)) bench.remove(name);

    expect(await bench.deletion()).toMatchObject({
      status: "not-run",
      causes: ["DEL-NR-3"],
      endedAtMs: null,
    });
    expect(bench.stored()).toEqual(before);
    expect(await bench.deletion({ confirmDeletions: true })).toMatchObject({
      status: "completed",
      targetFileCount: FILE_COUNT,
    });
    expect(bench.stored()).toEqual([]);
  });

  test("keeps everything when it is not there (D9)", async () => {
    const before = bench.stored();
    renameSync(bench.source, `${bench.source} away`);

    expect(await bench.deletion()).toMatchObject({ status: "not-run", causes: ["DEL-NR-1"] });
    expect(bench.stored()).toEqual(before);
  });

  test("keeps what is below a folder that may not be read, and deletes the rest (D9)", async () => {
    const before = bench.stored();
    const locked = join(bench.source, "部署2");
    bench.remove("部署2/議事録2.txt");
    bench.remove("部署3/議事録3.txt");
    chmodSync(bench.folder, 0o755);
    chmodSync(locked, 0o000);
    const isRoot = process.geteuid?.() === 0;
    try {
      if (isRoot) process.seteuid?.(NOBODY_ID);
      const job = await bench.deletion();
      expect(job).toMatchObject({ status: "completed", targetFileCount: 1 });
    } finally {
      if (isRoot) process.seteuid?.(0);
      chmodSync(locked, 0o755);
    }

    expect(bench.stored()).toEqual(before.filter((path) => path !== "部署3/議事録3.txt"));
    expect(bench.agent.history.jobs("backup").rows[0]).toMatchObject({ status: "access-denied" });
  });
});

test("a file that somebody deleted on the service is there again after a backup with 差分比較アップロード", async () => {
  const place = [...bench.destination, "部署4", "議事録4.txt"];
  bench.storage.explorer("taro").delete("file", place);
  expect(bench.stored()).not.toEqual(bench.onDisk());

  bench.agent.settings.change({ compareUpload: true });
  const [job] = await bench.agent.runs.backUp();

  expect(job).toMatchObject({ status: "completed", transferredFileCount: 1 });
  expect(bench.stored()).toEqual(bench.onDisk());
});
