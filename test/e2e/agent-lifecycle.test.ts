import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

const PASSWORD = "open-sesame-41d2";

/** The agent on the machine's disk, before a storage service on a real port. */
class Bench implements AsyncDisposable {
  readonly storage = createStorageService({
    clock: { nowMs: () => Date.now() },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "taro", password: PASSWORD }],
  });
  readonly folder = mkdtempSync(join(tmpdir(), "agent-lifecycle-"));
  readonly source = join(this.folder, "docs");
  readonly file = new DatabaseSync(":memory:");
  readonly logged: string[] = [];
  /** Requests that are never answered. */
  isHeld: (request: IncomingMessage) => boolean = () => false;
  agent = this.openAgent();
  #server: TinyServer | undefined;

  async start(): Promise<void> {
    mkdirSync(this.source);
    writeFileSync(join(this.source, "a.txt"), "content");
    this.#server = await tinyHttpServer((request, response) => {
      if (!this.isHeld(request)) this.storage.listener(request, response);
    });
    await this.login();
  }

  async login(password = PASSWORD): Promise<void> {
    await this.agent.account.login({
      serviceUrl: this.#server?.url ?? "",
      loginId: "taro",
      password,
    });
  }

  openAgent(): Agent {
    const ports = {
      clock: new NodeClock(),
      entropy: { random: () => 0 },
      disk: new NodeDisk(),
      targetDisk: new NodeTargetDisk(),
      memory: AMPLE_MEMORY,
      log: { write: (...line: readonly unknown[]) => void this.logged.push(JSON.stringify(line)) },
      dialer: new NodeDialer(),
      database: this.file,
    };
    const options = { homePath: join(this.folder, "home"), defaultDeviceName: "pc" };
    return Agent.open(ports, options);
  }

  /** Starts a backup of one file whose content is never answered; resolves once it waits. */
  async hangingBackup(): Promise<{ readonly ended: Promise<readonly JobRecord[]> }> {
    await this.agent.sources.add(this.source);
    const waits = Promise.withResolvers<undefined>();
    this.isHeld = (request) => {
      const isContent = request.url === "/v1/batch-uploads";
      if (isContent) waits.resolve(undefined);
      return isContent;
    };
    const ended = this.agent.runs.backUp();
    await waits.promise;
    return { ended };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.agent.close();
    await this.#server?.[Symbol.asyncDispose]();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let bench: Bench;

beforeEach(async () => {
  bench = new Bench();
  await bench.start();
});

afterEach(() => bench[Symbol.asyncDispose]());

describe("a running backup", () => {
  test.each([
    ["interrupted by a person", "interrupted", "B-INT-1", () => bench.agent.runs.interrupt()],
    ["ended by a logout", "interrupted", "B-INT-2", () => bench.agent.account.logout()],
    ["ended by closing the tool", "unexpected", "B-UX-6", () => bench.agent.close()],
  ] as const)("that is %s ends at once as %s (%s)", async (_, status, cause, stop) => {
    const { ended } = await bench.hangingBackup();

    await stop();
    const [job] = await ended;

    expect(job).toMatchObject({ status, causes: [cause], endedAtMs: expect.any(Number) });
    expect(bench.agent.history.files(job?.id ?? 0).rows).toMatchObject([{ path: "a.txt", status }]);
  });

  test("has the tool busy for what would disturb it, and for nothing else", async () => {
    const { ended } = await bench.hangingBackup();
    const busy = expect.objectContaining({ name: "AgentError", code: "busy" });

    await expect(bench.agent.runs.backUp()).rejects.toEqual(busy);
    await expect(bench.login()).rejects.toEqual(busy);
    expect(() => bench.agent.sources.remove(bench.source)).toThrow(busy);
    expect(bench.agent.history.jobs("backup").rows).toMatchObject([{ status: "running" }]);

    bench.agent.runs.interrupt();
    await ended;
  });

  test("of one of several sources ends the run: the next source is not begun", async () => {
    const other = join(bench.folder, "other");
    mkdirSync(other);
    await bench.agent.sources.add(other);
    const { ended } = await bench.hangingBackup();

    bench.agent.runs.interrupt();

    expect(await ended).toMatchObject([{ sourcePath: other }, { status: "interrupted" }]);
    const stopped = bench.agent.runs.backUp();
    bench.agent.runs.interrupt();
    expect(await stopped).toHaveLength(1);
  });
});

describe("the next agent on the same state", () => {
  test("closes the job of one that was killed, once, and its next run completes", async () => {
    const { ended } = await bench.hangingBackup();
    const killed = bench.agent;

    bench.agent = bench.openAgent();

    expect(bench.agent.history.jobs("backup").rows).toMatchObject([
      { status: "unexpected", causes: ["B-UX-7", "B-UX-8"], endedAtMs: null },
    ]);
    bench.isHeld = () => false;
    expect(await bench.agent.runs.backUp()).toMatchObject([{ status: "completed" }]);
    await killed.close();
    await ended;
  });
});

describe("a session", () => {
  test("that the service ended is renewed on the way, and nobody notices", async () => {
    await bench.agent.sources.add(bench.source);
    bench.storage.expireSessions("taro");

    expect(await bench.agent.runs.backUp()).toMatchObject([{ status: "completed" }]);
  });

  test("is over after a logout, here and on the service", async () => {
    await bench.agent.account.logout();
    await bench.agent.account.logout();

    const nobody = expect.objectContaining({ code: "not-logged-in" });
    expect(bench.agent.account.info()).toBeUndefined();
    await expect(bench.agent.stored.capacity()).rejects.toEqual(nobody);
    await expect(bench.agent.runs.backUp()).rejects.toEqual(nobody);
  });

  test("is not begun with a wrong password, and the login before it stays", async () => {
    await expect(bench.login("wrong")).rejects.toMatchObject({ code: "login-refused" });

    expect(bench.agent.account.info()).toMatchObject({ loginId: "taro" });
    expect(await bench.agent.stored.capacity()).toMatchObject({ usedBytes: 0 });
  });

  test.each(["ftp://backup.example", "backup.example", "http://taro:secret@backup.example"])(
    "is not begun at %s",
    async (serviceUrl) => {
      const login = bench.agent.account.login({ serviceUrl, loginId: "taro", password: PASSWORD });

      await expect(login).rejects.toMatchObject({ code: "invalid-setting" });
    },
  );
});

test("no secret is in the log, the history or what the agent tells (I10)", async () => {
  const { ended } = await bench.hangingBackup();
  bench.agent.runs.interrupt();
  await ended;
  await bench.login("wrong").catch((error: unknown) => bench.logged.push(String(error)));
  const { agent } = bench;
  const token = String(bench.file.prepare("SELECT token FROM account").get()?.["token"]);

  const [job] = agent.history.jobs("backup").rows;
  const told = [
    agent.account.info(),
    agent.settings.read(),
    agent.sources.list(),
    job,
    agent.history.files(job?.id ?? 0),
  ];
  const words = [...bench.logged, ...told.map((one) => JSON.stringify(one))].join("\n");

  expect(words).toContain("a.txt");
  for (const secret of [PASSWORD, token]) expect(words).not.toContain(secret);
});

test("a tool that was closed does nothing any more", async () => {
  await bench.agent.close();

  await expect(bench.agent.runs.backUp()).rejects.toMatchObject({ code: "closed" });
  await expect(bench.login()).rejects.toMatchObject({ code: "closed" });
});
