import { hash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { describe, expect, test } from "vitest";

import { SCHEMA_STEPS } from "../../src/agent/state/schema.ts";
import { agentWorld, PASSWORD, type AgentWorld } from "./support/agent-world.ts";
import { putForeignLog } from "./support/put-foreign-log.ts";
import type { EndedCommand } from "./support/ended-command.ts";

const DESTINATION = "セキュリティ領域/自動バックアップ/管理者フォルダ(taro)/pc/資料".split("/");

/** The modification time of a file as the state file remembers it, while the service has a newer one. */
const REMEMBERED_S = 1_780_000_000;

/** A home that has saved some hundred files and deleted one, and a copy of it as it is then. */
async function used(): Promise<AgentWorld & { readonly clean: string }> {
  const world = await agentWorld();
  world.write({ "edited.txt": "night 1", "touched.txt": "t", "kept/a.txt": "a", "gone.txt": "g" });
  for (let number = 0; number < 150; number += 1) {
    world.write({ [`many/a file with a name that takes room ${number}.txt`]: String(number) });
  }
  utimesSync(join(world.source, "touched.txt"), REMEMBERED_S, REMEMBERED_S);
  await world.prepare();
  await must(world, ["settings", "--compare-delete", "on"]);
  await must(world, ["schedule", "set", "--at", "03:00"]);
  await must(world, ["backup", "run"]);
  rmSync(join(world.source, "gone.txt"));
  await must(world, ["backup", "run"]);
  const clean = join(world.home, "..", "clean");
  cpSync(world.home, clean, { recursive: true });
  return { ...world, clean };
}

async function must(world: AgentWorld, args: readonly string[]): Promise<EndedCommand> {
  const ended = await world.run(args);
  expect([args, ended.exit, ended.err]).toEqual([args, 0, expect.any(String)]);
  return ended;
}

function state({ home }: Pick<AgentWorld, "home">): string {
  return join(home, "agent.db");
}

function login(world: AgentWorld, ...more: readonly string[]): Promise<EndedCommand> {
  const args = ["login", "--service", world.serviceUrl, "--login-id", "taro", ...more];
  return world.run(args, { env: { AZUKERU_PASSWORD: PASSWORD } });
}

/** Repairs as a person does who follows what is told: logs in again where that is lost. */
async function repair(world: AgentWorld): Promise<void> {
  const first = await must(world, ["repair", "--json"]);
  if (first.linesOf("repair-service")[0]?.event === "silent") {
    expect((await login(world)).exit).toBe(0);
    const second = await must(world, ["repair", "--json"]);
    expect(second.linesOf("repair-service")).toMatchObject([{ event: "told" }]);
  }
  const last = await must(world, ["repair", "--json"]);
  expect(last.linesOf("repair")).toMatchObject([{ event: "nothing-to-do" }]);
}

/** One night; the files that it sends. */
async function night(world: AgentWorld): Promise<readonly string[]> {
  const ended = await must(world, ["backup", "run", "--json"]);
  const sent = ended
    .linesOf("file")
    .filter(({ status, entryKind }) => status === "completed" && entryKind === "file");
  expect(ended.linesOf("summary")).toMatchObject([{ transferredFileCount: sent.length }]);
  return sent.map(({ path }) => path).toSorted();
}

/** Digest and modification time of each file on the service, by its path in the source. */
function onService({ service }: AgentWorld): Readonly<Record<string, string>> {
  const below = `${DESTINATION.join("/")}/`;
  const files = service
    .explorer("taro")
    .list(DESTINATION)
    .filter((entry) => entry.kind === "file")
    .map(({ path, sha256, modifiedAtNs }) => [
      path.slice(below.length),
      `${sha256} ${modifiedAtNs}`,
    ]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** The same of the files in the source. */
function onDisk({ source }: AgentWorld): Readonly<Record<string, string>> {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).flatMap((path) => {
    const stat = statSync(join(source, path), { bigint: true });
    if (!stat.isFile()) return [];
    return [[path, `${hash("sha256", readFileSync(join(source, path)))} ${stat.mtimeNs}`]];
  });
  return Object.fromEntries(files) as Record<string, string>;
}

/** The first page of each table and index of a state file, by its name. */
function rootPages(path: string): readonly (readonly [name: string, page: number])[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 0 ORDER BY name")
      .all()
      .map(({ name, rootpage }) => [String(name), Number(rootpage)] as const);
  } finally {
    database.close();
  }
}

const PAGE_BYTES = 4096;

function flipPage(path: string, page: number): void {
  const content = readFileSync(path);
  const at = (page - 1) * PAGE_BYTES;
  for (let index = at; index < at + PAGE_BYTES; index += 1) {
    content[index] = (content[index] ?? 0) ^ 0xff;
  }
  writeFileSync(path, content);
}

/**
 * The home is as it was two nights ago and damaged on top; what the service got since, nobody here knows.
 * After the repair and one night service and PC are equal, and nothing was sent that the service had.
 */
async function expectHealed(
  world: AgentWorld & { readonly clean: string },
  doHarm: (path: string) => void,
  round: number,
): Promise<void> {
  rmSync(world.home, { recursive: true, force: true });
  cpSync(world.clean, world.home, { recursive: true });
  // A night whose knowledge is lost with the state file.
  world.write({ "edited.txt": `saved in round ${round}`, [`new ${round}.txt`]: "new" });
  const newerS = 1_790_000_000 + round * 10;
  utimesSync(join(world.source, "touched.txt"), newerS, newerS);
  await must(world, ["backup", "run"]);
  rmSync(world.home, { recursive: true, force: true });
  cpSync(world.clean, world.home, { recursive: true });
  doHarm(state(world));
  // What happens on the PC meanwhile: a content, and a time that is older again.
  world.write({ "edited.txt": `not saved in round ${round}` });
  utimesSync(join(world.source, "touched.txt"), REMEMBERED_S, REMEMBERED_S);

  await repair(world);
  const sent = await night(world);

  expect([round, sent]).toEqual([round, ["edited.txt", "touched.txt"]]);
  expect(onService(world)).toEqual(onDisk(world));
  // From now on it is as if nothing had been.
  expect(await night(world)).toEqual([]);
  rmSync(join(world.source, `new ${round}.txt`));
  await must(world, ["settings", "--compare-delete", "on"]);
  await must(world, ["backup", "run"]);
  expect(onService(world)).toEqual(onDisk(world));
}

describe("a repair and one night make service and PC equal, and send nothing that is there", () => {
  test("with a bad page in any one table or index", async () => {
    const world = await used();
    for (const [index, [, page]] of rootPages(state(world)).entries()) {
      await expectHealed(world, (path) => flipPage(path, page), index);
    }
    expect(rootPages(state(world)).length).toBeGreaterThan(20);
  }, 600_000);

  test.each<readonly [string, (path: string) => void]>([
    ["an empty file", (path) => truncateSync(path, 0)],
    ["no file", (path) => rmSync(path)],
    ["a cut end", (path) => truncateSync(path, statSync(path).size - PAGE_BYTES * 5)],
    ["half a page", (path) => truncateSync(path, PAGE_BYTES / 2)],
    ["a folder in its place", putFolder],
    ["a text file", (path) => writeFileSync(path, "2026-11-24 all is well\n".repeat(500))],
    ["another program's tables", putForeign],
    ["a newer tool's tables", (path) => query(path, `PRAGMA user_version = ${NEWER}`)],
    ["an index that is missing", (path) => query(path, "DROP INDEX job_by_kind")],
    ["a table that is missing", (path) => query(path, "DROP TABLE file_index")],
    ["a column that is missing", (path) => query(path, "ALTER TABLE source DROP COLUMN place_tag")],
    ["the log of another file", putForeignLog],
    ["a log that is cut off in the middle", (path) => spoilLog(path, "cut")],
    ["a log without which it does not go", (path) => spoilLog(path, "missing")],
  ])("with %s", async (_, doHarm) => {
    const world = await used();
    await expectHealed(world, doHarm, 1);
    expect(await night(world)).toEqual([]);
  });
});

const NEWER = SCHEMA_STEPS.length + 1;

function query(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

function putFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
  writeFileSync(join(path, "note.txt"), "somebody's");
}

function putForeign(path: string): void {
  rmSync(path);
  query(path, "CREATE TABLE note (text TEXT)");
}

/** Writes much that stands in the log alone; then the log goes, or its end. */
function spoilLog(path: string, how: "cut" | "missing"): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4");
  for (let number = 0; number < 40; number += 1) {
    database.exec(`INSERT INTO diary (at_ms, event) VALUES (${number}, '${"x".repeat(500)}')`);
  }
  const [main, log] = [readFileSync(path), readFileSync(`${path}-wal`)];
  database.close();
  // Some of its pages are of the log's time, and others of the time before.
  writeFileSync(path, main.subarray(0, main.length - PAGE_BYTES));
  if (how === "cut") writeFileSync(`${path}-wal`, log.subarray(0, log.length / 2 + 100));
}

describe("repair", () => {
  test("finds the sources by the log where no job tells of them, and says which login it was", async () => {
    const world = await used();
    const removed = join(world.source, "..", "removed");
    mkdirSync(removed);
    await must(world, ["source", "add", removed]);
    await must(world, ["source", "remove", removed]);
    rmSync(state(world));

    const ended = await world.run(["repair"], {});

    expect(ended.exit).toBe(0);
    expect(ended.out).toContain(`${world.source} (from the history or the log)`);
    expect(ended.out).not.toContain(removed);
    expect(ended.out).toContain("The service could not be asked:");
    expect(ended.out).toContain(`login --service ${world.serviceUrl} --login-id taro`);
    expect(ended.out).not.toContain(PASSWORD);
    const settings = await must(world, ["settings", "--json"]);
    expect(settings.linesOf("settings")).toMatchObject([{ deviceName: "pc" }]);
  });

  test("says in both languages what the service has, what it rebuilt and what nobody knows", async () => {
    const world = await used();
    world.service.explorer("taro").createFolder([...DESTINATION.slice(0, -1), "写真"]);
    flipPage(state(world), rootPage(world, "file_index"));

    const whole = join(world.home, "..", "whole");
    cpSync(world.home, whole, { recursive: true });
    const english = await must(world, ["repair"]);
    rmSync(world.home, { recursive: true });
    cpSync(whole, world.home, { recursive: true });
    const japanese = await must(world, ["repair", "--lang", "ja"]);

    expect(english.out).toContain(`${world.source}: the index was built anew; the service has 153`);
    expect(english.out).toContain("写真: a folder of this PC (pc); nobody knows");
    expect(english.out).toContain('To go on with the folder that was saved as "写真"');
    expect(japanese.out).toContain(
      `${world.source}: 索引を作り直しました。サービス上に 153 ファイル`,
    );
    expect(japanese.out).toContain("「写真」としてバックアップしていたフォルダ");
  });

  test.each([
    ["repair", ["told"]],
    ["backup", []],
  ])(
    "without a network keeps what can be read, and the next %s finishes it",
    async (next, events) => {
      const world = await used();
      // Nobody listens at the address that the state file has.
      query(state(world), "UPDATE account SET service_url = 'http://127.0.0.1:9'");
      flipPage(state(world), rootPage(world, "file_index"));

      const offline = await must(world, ["repair", "--json"]);

      expect(offline.linesOf("repair")).toMatchObject([
        { event: "repaired", isLoggedIn: true, keptJobCount: 4, sources: [world.source] },
      ]);
      expect(offline.linesOf("repair-service")).toMatchObject([
        { event: "silent", reason: expect.any(String) },
      ]);
      // The network is back.
      query(state(world), `UPDATE account SET service_url = '${world.serviceUrl}'`);
      world.write({ "edited.txt": "once more" });
      const online = next === "repair" ? await must(world, ["repair", "--json"]) : undefined;
      expect(online?.linesOf("repair") ?? []).toEqual([]);
      const told = online?.linesOf("repair-service") ?? [];
      expect(told.map(({ event }) => event)).toEqual(events);
      expect(told.flatMap(({ sources }) => sources)).toEqual(
        told.map(() => expect.objectContaining({ index: "rebuilt", fileCount: 153 })),
      );
      expect(await night(world)).toEqual(["edited.txt"]);
      expect(onService(world)).toEqual(onDisk(world));
    },
    60_000,
  );

  test("tells of a destination that is gone, and of other PCs when the name of this one is lost", async () => {
    const world = await used();
    rmSync(join(world.home, "logs"), { recursive: true });
    truncateSync(state(world), 0);
    await must(world, ["repair"]);
    await login(world, "--device-name", "another");

    const lost = await must(world, ["repair", "--json"]);

    expect(lost.linesOf("repair-service")).toMatchObject([
      { event: "told", sources: [], unclaimedFolders: [], otherDevices: ["pc"] },
    ]);
    rmSync(world.home, { recursive: true });
    cpSync(world.clean, world.home, { recursive: true });
    flipPage(state(world), rootPage(world, "file_index"));
    world.service.explorer("taro").delete("folder", DESTINATION);
    const gone = await must(world, ["repair", "--json"]);
    expect(gone.linesOf("repair-service")).toMatchObject([
      { sources: [{ index: "destination-gone", path: world.source }] },
    ]);
  });
});

function rootPage(world: AgentWorld, name: string): number {
  const found = rootPages(state(world)).find(([one]) => one === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found[1];
}
