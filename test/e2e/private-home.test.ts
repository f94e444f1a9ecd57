import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { agentWorld, type AgentWorld } from "./support/agent-world.ts";

/** A home that has been used for a backup. */
async function used(): Promise<AgentWorld> {
  const world = await agentWorld();
  world.write({ "a.txt": "a" });
  await world.prepare();
  await world.run(["backup", "run"]);
  return world;
}

/** Paths at or below a folder that others may do anything with. */
function open(folder: string): readonly string[] {
  const paths = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  return [folder, ...paths].filter((path) => (statSync(path).mode & 0o077) !== 0);
}

const COMMANDS = [["history"], ["settings", "--compare-upload", "on"], ["backup", "run"]];

/** What the commands say about a home; all alike, or it is told apart. */
async function refusals(world: AgentWorld, home: string): Promise<readonly string[]> {
  const said = new Set<string>();
  for (const args of COMMANDS) {
    const ended = await world.run(["--home", home, ...args, "--json"]);
    const [error] = ended.linesOf("error");
    said.add(`${ended.exit} ${error?.code} ${error?.message}`);
  }
  return [...said];
}

function refusedFor(path: string): readonly unknown[] {
  return [expect.stringMatching(new RegExp(`^1 home-unsafe .*${path.replaceAll(".", "\\.")}`))];
}

describe.runIf(process.platform !== "win32")("the home folder", () => {
  test("is private, whatever the umask", () => {
    const home = join(mkdtempSync(join(tmpdir(), "private-home-")), "home");
    const command = fileURLToPath(new URL("../../bin/azukeru-agent.js", import.meta.url));
    const line = `umask 0; exec "$0" "$1" --home "$2" settings --compare-upload on`;

    const { status } = spawnSync("sh", ["-c", line, process.execPath, command, home], {
      env: { HOME: "/nonexistent" },
    });

    expect(status).toBe(0);
    expect(open(home)).toEqual([]);
    expect(readdirSync(home)).toEqual(expect.arrayContaining(["agent.db", "lock.db", "logs"]));
  });

  test("becomes private where an earlier version, or a copy, left it open to be read", async () => {
    const world = await used();
    for (const name of ["lock.db", "agent.db", "logs", "logs/agent.log"]) {
      chmodSync(join(world.home, name), 0o755);
    }

    expect((await world.run(["settings", "--compare-upload", "on"])).exit).toBe(0);

    expect(open(world.home)).toEqual([]);
  });

  test("is refused when others can write it", async () => {
    const world = await used();
    for (const mode of [0o777, 0o770, 0o702, 0o1777]) {
      chmodSync(world.home, mode);
      expect(await refusals(world, world.home)).toEqual(refusedFor(world.home));
    }
    chmodSync(world.home, 0o755);
    expect((await world.run(["history"])).exit).toBe(0);
  });

  test.runIf(process.getuid?.() === 0)(
    "is refused when another user owns it, or a file in it",
    async () => {
      const world = await used();
      const file = join(world.home, "agent.db");
      chownSync(file, 12_345, 12_345);
      expect(await refusals(world, world.home)).toEqual(refusedFor(file));
      chownSync(file, 0, 0);
      chownSync(world.home, 12_345, 12_345);
      expect(await refusals(world, world.home)).toEqual(refusedFor(world.home));
    },
  );

  test.each([
    "agent.db",
    "lock.db",
    "holder.json",
    "logs",
    "logs/agent.log",
    "reserve",
    "agent.db-wal",
  ])(
    "is refused with a link in the place of %s, and what it leads to stays as it is",
    async (name) => {
      const world = await used();
      const elsewhere = join(world.home, "..", "elsewhere");
      const path = join(world.home, name);
      if (name === "logs") {
        mkdirSync(elsewhere);
        renameSync(path, `${path}.old`);
      } else {
        writeFileSync(elsewhere, "theirs");
      }
      spawnSync("rm", ["-f", path]);
      symlinkSync(elsewhere, path);

      expect(await refusals(world, world.home)).toEqual(refusedFor(path));

      const left =
        name === "logs" ? readdirSync(elsewhere).join() : readFileSync(elsewhere, "utf8");
      expect(left).toBe(name === "logs" ? "" : "theirs");
    },
  );

  test("is refused with a link that leads nowhere, which would be made there", async () => {
    const world = await agentWorld();
    mkdirSync(world.home);
    symlinkSync(join(world.home, "..", "nowhere"), join(world.home, "lock.db"));

    expect(await refusals(world, world.home)).toEqual(refusedFor("lock.db"));

    expect(readdirSync(join(world.home, ".."))).not.toContain("nowhere");
  });

  test("may lie below a link, or be one to a folder of this user", async () => {
    const world = await used();
    const link = join(world.home, "..", "link");
    symlinkSync(join(world.home, ".."), link);

    expect((await world.run(["--home", join(link, "home"), "history"])).exit).toBe(0);

    const copy = join(world.home, "..", "copy");
    cpSync(world.home, copy, { recursive: true });
    symlinkSync(copy, join(world.home, "..", "itself"));
    expect((await world.run(["--home", join(world.home, "..", "itself"), "history"])).exit).toBe(0);
    chmodSync(copy, 0o777);
    expect(await refusals(world, join(world.home, "..", "itself"))).toEqual(refusedFor("itself"));
  });
});
