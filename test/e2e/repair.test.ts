import {
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { SCHEMA_STEPS } from "../../src/agent/state/schema.ts";
import { agentWorld, PASSWORD, type AgentWorld } from "./support/agent-world.ts";
import { putForeignLog } from "./support/put-foreign-log.ts";

const DELETED = { "gone.txt": "to be deleted on the PC", "kept/a.txt": "a", "kept/b.txt": "b" };

/** A home with a history of backups, deletions and a restore, and 差分比較削除 on. */
async function used(): Promise<AgentWorld> {
  const world = await agentWorld();
  world.write({ ...DELETED, "many/0.txt": "0" });
  for (let number = 1; number < 120; number += 1) {
    world.write({ [`many/a file with a name that takes room ${number}.txt`]: String(number) });
  }
  await world.prepare();
  await must(world, ["settings", "--compare-delete", "on"]);
  await must(world, ["backup", "run"]);
  rmSync(join(world.source, "many/0.txt"));
  await must(world, ["backup", "run"]);
  await must(world, ["schedule", "set", "--at", "03:00"]);
  return world;
}

async function must(world: AgentWorld, args: readonly string[]): Promise<void> {
  const ended = await world.run(args);
  expect([args, ended.exit, ended.err]).toEqual([args, 0, expect.any(String)]);
}

function state({ home }: AgentWorld): string {
  return join(home, "agent.db");
}

/** What a person does after any repair: everything that may be lost is given again. */
async function setUpAgain(world: AgentWorld): Promise<void> {
  const login = [
    "login",
    "--service",
    world.serviceUrl,
    "--login-id",
    "taro",
    "--device-name",
    "pc",
  ];
  const ended = await world.run(login, { env: { AZUKERU_PASSWORD: PASSWORD } });
  expect([ended.exit, ended.err]).toEqual([0, ""]);
  const sources = (await world.run(["source", "list", "--json"])).linesOf("source");
  if (sources.length === 0) await must(world, ["source", "add", world.source]);
  await must(world, ["settings", "--compare-delete", "on", "--compare-upload", "off"]);
}

const DESTINATION = "セキュリティ領域/自動バックアップ/管理者フォルダ(taro)/pc/資料".split("/");

/** Every name on the service below the source's destination. */
function names({ service }: AgentWorld): readonly string[] {
  return service
    .explorer("taro")
    .list(DESTINATION)
    .map(({ path }) => path);
}

describe("repair", () => {
  test("does nothing to a state that is in order, and to a folder that is not there", async () => {
    const world = await used();
    const before = readFileSync(state(world));

    for (const args of [["repair"], ["repair", "--yes"]]) {
      const ended = await world.run([...args, "--json"]);
      expect(ended.exit).toBe(0);
      expect(ended.linesOf("repair")).toMatchObject([{ event: "nothing-to-do" }]);
    }
    expect(readFileSync(state(world))).toEqual(before);
    expect(existsSync(join(world.home, "damaged"))).toBe(false);
    const elsewhere = await world.run(["--home", join(world.home, "nowhere"), "repair", "--json"]);
    expect(elsewhere.linesOf("repair")).toMatchObject([{ event: "nothing-to-do" }]);
  });

  test.each<[string, (path: string) => void, object]>([
    ["an empty file", (path) => truncateSync(path, 0), { keptJobCount: 0, isLoggedIn: false }],
    ["a file that is gone", (path) => rmSync(path), { keptJobCount: 0, setAside: null }],
    [
      "a bad header",
      (path) => overwrite(path, 0, Buffer.from("this was a database once")),
      { keptJobCount: 4, lostJobCount: 0, isLoggedIn: true, hasSchedule: true },
    ],
    [
      "a first page of zeros",
      (path) => overwrite(path, 0, Buffer.alloc(4096)),
      { keptJobCount: 4, lostJobCount: 0, isLoggedIn: true, hasSchedule: true },
    ],
    [
      "a cut end",
      (path) => truncateSync(path, statSync(path).size - 4096 * 4),
      { isLoggedIn: true },
    ],
    [
      "another program's file",
      (path) => {
        rmSync(path);
        new DatabaseSync(path).exec("CREATE TABLE note (text TEXT)");
      },
      { keptJobCount: 0 },
    ],
    [
      "a newer tool's file",
      (path) => {
        const database = new DatabaseSync(path);
        database.exec(`ALTER TABLE job ADD COLUMN later TEXT; CREATE TABLE later (a TEXT);
          PRAGMA user_version = ${SCHEMA_STEPS.length + 1}`);
        database.close();
      },
      { keptJobCount: 4, lostJobCount: 0, isLoggedIn: true },
    ],
    [
      "the log of another file",
      putForeignLog,
      { keptJobCount: 4, lostJobCount: 0, isLoggedIn: true },
    ],
  ])("makes a working state out of %s", async (_, doHarm, expected) => {
    const world = await used();
    doHarm(state(world));
    const damaged = existsSync(state(world)) ? readFileSync(state(world)) : undefined;

    const ended = await world.run(["repair", "--json"]);

    expect([ended.exit, ended.err]).toEqual([0, ""]);
    const [line] = ended.linesOf("repair");
    expect(line).toMatchObject({ event: "repaired", ...expected });
    const kept = typeof line?.setAside === "string" ? join(line.setAside, "agent.db") : "";
    expect(existsSync(kept) ? readFileSync(kept) : undefined).toEqual(damaged);
    for (const lang of ["ja", "en"])
      expect((await world.run(["history", "--lang", lang])).exit).toBe(0);
    await setUpAgain(world);
    await must(world, ["repair"]);
    expect((await world.run(["repair", "--json"])).linesOf("repair")).toMatchObject([
      { event: "nothing-to-do" },
    ]);
    await must(world, ["backup", "run"]);
  });

  test("says in words what was kept, what was lost and what is next", async () => {
    const world = await used();
    overwrite(state(world), 0, Buffer.alloc(64));

    const ended = await world.run(["repair", "--lang", "ja"]);

    expect(ended.out).toContain(`壊れたファイルの保管場所: ${join(world.home, "damaged")}`);
    expect(ended.out).toContain("残した履歴: 4 件");
    expect(ended.out).toContain(world.source);
    expect(ended.out).toContain("次にすること:");
    expect(ended.out).not.toContain(PASSWORD);
  });

  test("sends nothing again that the service has, and deletes only what is this tool's", async () => {
    const world = await used();
    world.service.explorer("taro").put([...DESTINATION, "theirs.txt"], Buffer.from("theirs"));
    rmSync(join(world.source, "gone.txt"));
    truncateSync(state(world), 0);
    await must(world, ["repair"]);
    await setUpAgain(world);

    const ended = await world.run(["backup", "run", "--json"]);

    expect(ended.linesOf("summary")).toMatchObject([{ transferredFileCount: 0 }]);
    // Nobody knows any more whose they are.
    expect(names(world).filter((name) => /theirs|gone/.test(name))).toHaveLength(2);
    rmSync(join(world.source, "kept/a.txt"));
    await must(world, ["backup", "run"]);
    expect(names(world).filter((name) => /theirs|gone|kept\/a/.test(name))).toHaveLength(2);
  });

  test("goes on where it was cut off, whatever the moment", async () => {
    const world = await used();
    overwrite(state(world), 0, Buffer.alloc(4096));
    const whole = join(world.home, "..", "whole");
    cpSync(world.home, whole, { recursive: true });
    // Right behind each step of a repair.
    for (const step of ["marked", "log removed", "renamed"]) {
      rmSync(world.home, { recursive: true, force: true });
      cpSync(whole, world.home, { recursive: true });
      const { repairHome } = await import("../../src/agent/cli/repair-home.ts");
      expect(() => repairHome(world.home, 0, (done) => done === step && cut())).toThrow("cut");

      const blocked = await world.run(["backup", "run", "--json"]);
      expect(blocked.linesOf("error")).toMatchObject([{ code: "state-damaged" }]);
      const ended = await world.run(["repair", "--json"]);
      expect(ended.linesOf("repair")).toMatchObject([{ event: "repaired", keptJobCount: 4 }]);
      expect((await world.run(["history"])).exit).toBe(0);
    }
  });
});

describe("any damage", () => {
  test("of one byte or one cut ends in a right answer or an own error, and repair always helps", async () => {
    const world = await used();
    const good = readFileSync(state(world));
    const clean = join(world.home, "..", "clean");
    cpSync(world.home, clean, { recursive: true });
    const damage = fc.oneof(
      fc.record({ at: fc.nat({ max: good.length - 1 }), mask: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ at: fc.nat({ max: 4_200 }), mask: fc.integer({ min: 1, max: 255 }) }),
      fc.record({ cutTo: fc.nat({ max: good.length - 1 }) }),
      fc.record({ page: fc.nat({ max: good.length / 4096 - 1 }), fill: fc.nat({ max: 255 }) }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (found) => {
        rmSync(world.home, { recursive: true, force: true });
        cpSync(clean, world.home, { recursive: true });
        spoil(state(world), found);

        for (const args of [
          ["history"],
          ["history", "show", "1"],
          ["source", "list"],
          ["settings"],
          ["schedule", "status"],
          ["mail", "status"],
          ["backup", "run"],
        ]) {
          const ended = await world.run([...args, "--json"]);
          if (ended.exit === 0) continue;
          const [error] = ended.linesOf("error");
          const details = ended.linesOf("job-ended").map(({ detail }) => detail);
          // A changed letter in a key of the index: what it names is on the service of nobody.
          const isNotFound = ended
            .linesOf("job-ended")
            .every(({ status }) => status === "completed" || status === "not-found");
          if (ended.exit === 3 && isNotFound) continue;
          const said = `${error?.remedy} ${details.join(" ")}`;
          const isOwn = said.includes("azukeru-agent repair") || KNOWN.has(error?.code ?? "");
          expect([args, ended.exit, isOwn, ended.out]).toEqual([args, ended.exit, true, ended.out]);
        }

        const repaired = await world.run(["repair", "--json"]);
        expect([repaired.exit, repaired.out]).toEqual([0, repaired.out]);
        for (const args of [["history"], ["source", "list"], ["settings"]]) await must(world, args);
        await setUpAgain(world);
        const ended = await world.run(["backup", "run", "--json"]);
        expect([ended.exit, ended.out]).toEqual([0, ended.out]);
      }),
      { numRuns: 25 },
    );
  }, 600_000);
});

/** What a flipped letter in a value may come to: nobody is logged in, no such source. */
const KNOWN: ReadonlySet<string> = new Set([
  "not-logged-in",
  "login-refused",
  "service-unreachable",
  "no-sources",
  "no-such-job",
]);

type Damage =
  | { readonly at: number; readonly mask: number }
  | { readonly cutTo: number }
  | { readonly page: number; readonly fill: number };

function spoil(path: string, damage: Damage): void {
  if ("cutTo" in damage) return truncateSync(path, damage.cutTo);
  const content = readFileSync(path);
  if ("at" in damage) content[damage.at] = (content[damage.at] ?? 0) ^ damage.mask;
  else content.fill(damage.fill, damage.page * 4096, (damage.page + 1) * 4096);
  writeFileSync(path, content);
}

function overwrite(path: string, at: number, bytes: Buffer): void {
  const content = readFileSync(path);
  bytes.copy(content, at);
  writeFileSync(path, content);
}

function cut(): never {
  throw new Error("cut");
}
