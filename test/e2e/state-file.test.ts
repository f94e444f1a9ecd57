import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { SCHEMA_STEPS } from "../../src/agent/state/schema.ts";
import { agentWorld, type AgentWorld } from "./support/agent-world.ts";

const LOOKS = [["history"], ["source", "list"], ["settings"], ["mail", "status"]];
const WORK = [
  ["backup", "run"],
  ["source", "remove", "1"],
  ["settings", "--compare-upload", "on"],
];

/** A home that has backed something up. */
async function used(): Promise<AgentWorld> {
  const world = await agentWorld();
  world.write({ "a.txt": "a", "folder/b.txt": "b" });
  await world.prepare();
  expect((await world.run(["backup", "run"])).exit).toBe(0);
  return world;
}

function state({ home }: AgentWorld): string {
  return join(home, "agent.db");
}

/** Names in a folder with their sizes and times of change. */
function names(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => {
    const { size, mtimeNs } = statSync(join(folder, name), { bigint: true });
    return `${name} ${size} ${mtimeNs}`;
  });
}

describe("a state file that cannot be used", () => {
  test.each([
    ["is empty", "state-damaged", (path: string) => truncateSync(path, 0)],
    [
      "is cut",
      "state-damaged",
      (path: string) => truncateSync(path, statSync(path).size - 4096 * 3),
    ],
    [
      "has a bad header",
      "state-damaged",
      (path: string) => overwrite(path, 0, Buffer.from("no such file format")),
    ],
    [
      "has a bad page",
      "state-damaged",
      (path: string) => overwrite(path, 4096, Buffer.alloc(4096, 7)),
    ],
    ["is gone", "state-damaged", (path: string) => rmSync(path)],
    [
      "is another program's",
      "state-foreign",
      (path: string) => {
        rmSync(path);
        new DatabaseSync(path).exec("CREATE TABLE note (text TEXT)");
      },
    ],
    [
      "is of a newer tool",
      "state-newer",
      (path: string) =>
        new DatabaseSync(path).exec(`PRAGMA user_version = ${SCHEMA_STEPS.length + 1}`),
    ],
  ])("that %s has its own error, which names repair, in both languages", async (_, code, spoil) => {
    const world = await used();
    spoil(state(world));
    const before = names(world.home).filter((line) => line.startsWith("agent.db "));

    for (const args of [
      ...LOOKS,
      ...WORK,
      ["login", "--service", "http://127.0.0.1:9", "--login-id", "x"],
    ]) {
      const ended = await world.run([...args, "--json"], { env: { AZUKERU_PASSWORD: "x" } });

      expect([args, ended.linesOf("error")]).toEqual([
        args,
        [
          expect.objectContaining({
            code,
            remedy: expect.stringContaining("azukeru-agent repair"),
          }),
        ],
      ]);
      expect(ended.exit).toBe(1);
    }
    const japanese = await world.run(["history", "--lang", "ja"]);
    expect(japanese.err).toContain("azukeru-agent repair");
    expect(names(world.home).filter((line) => line.startsWith("agent.db "))).toEqual(before);
  });

  test("whose folder is a file, or below one, says so", async () => {
    const world = await agentWorld();
    writeFileSync(world.home, "");

    for (const args of [["history"], ["settings", "--compare-upload", "on"]]) {
      const ended = await world.run([...args, "--json"]);
      expect(ended.linesOf("error")).toMatchObject([{ code: "home-not-a-folder" }]);
      const below = await world.run(["--home", join(world.home, "below"), ...args, "--json"]);
      expect(below.linesOf("error")).toMatchObject([{ code: "home-not-a-folder" }]);
    }
  });

  test("whose lock is a folder says which", async () => {
    const world = await agentWorld();
    mkdirSync(join(world.home, "lock.db"), { recursive: true });

    const ended = await world.run(["settings", "--compare-upload", "on", "--json"]);

    expect(ended.linesOf("error")).toMatchObject([
      { code: "home-unusable", message: expect.stringContaining("lock.db is a folder") },
    ]);
  });
});

describe("a command that only looks", () => {
  test.each(LOOKS)("writes nothing: %s %s", async (...args) => {
    const world = await used();
    const before = names(world.home);

    const ended = await world.run(args.filter((word) => word !== undefined));

    expect(ended.exit).toBe(0);
    expect(names(world.home)).toEqual(before);
  });

  test("makes no folder where there is none", async () => {
    const world = await agentWorld();

    expect((await world.run(["history"])).exit).toBe(0);

    expect(existsSync(world.home)).toBe(false);
  });
});

// Only root can become somebody else, for whom rights mean something.
describe.runIf(process.getuid?.() === 0)("for a user without rights", () => {
  const NOBODY = 65_534;

  function asNobody(
    home: string,
    ...args: readonly string[]
  ): { code: unknown; exit: number | null } {
    const command = fileURLToPath(new URL("../../bin/azukeru-agent.js", import.meta.url));
    const { stdout, status } = spawnSync(
      process.execPath,
      [command, "--home", home, "--json", ...args],
      {
        uid: NOBODY,
        gid: NOBODY,
        encoding: "utf8",
        env: { HOME: "/nonexistent", LANG: "C.UTF-8" },
      },
    );
    const [line] = stdout.split("\n").filter((one) => one.includes('"type":"error"'));
    return { code: line === undefined ? undefined : JSON.parse(line).code, exit: status };
  }

  function place(): string {
    const folder = mkdtempSync(join(tmpdir(), "state-rights-"));
    chmodSync(folder, 0o755);
    return folder;
  }

  test("a folder that another user owns has its own error, with what to do", () => {
    const home = join(place(), "home");
    mkdirSync(home, { mode: 0o755 });

    expect(asNobody(home, "settings", "--compare-upload", "on").code).toMatch(
      /^home-(forbidden|unsafe)$/,
    );
  });

  test("a file that may not be read is not damaged, and repair leaves it as it is", () => {
    const home = join(place(), "home");
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, NOBODY, NOBODY);
    expect(asNobody(home, "settings", "--compare-upload", "on").exit).toBe(0);
    const path = join(home, "agent.db");
    chmodSync(path, 0);
    const before = names(home).filter((line) => /^(agent|damaged)/.test(line));

    expect(asNobody(home, "repair").code).toBe("home-forbidden");
    expect(asNobody(home, "history").code).toBe("home-forbidden");

    expect(names(home).filter((line) => /^(agent|damaged)/.test(line))).toEqual(before);
    chmodSync(path, 0o600);
    expect(asNobody(home, "history").exit).toBe(0);
  });

  test("a folder that cannot be made has its own error", () => {
    expect(asNobody(join(place(), "home"), "settings", "--compare-upload", "on").code).toBe(
      "home-forbidden",
    );
  });
});

function overwrite(path: string, at: number, bytes: Buffer): void {
  const content = readFileSync(path);
  bytes.copy(content, at);
  writeFileSync(path, content);
}
