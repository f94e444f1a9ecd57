import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { describe, expect, test } from "vitest";

import { type AgentWorld, agentWorld } from "./support/agent-world.ts";
import type { EndedCommand } from "./support/ended-command.ts";

interface RestoreWorld extends AgentWorld {
  /** The folder to restore into. */
  readonly target: string;
  /** Runs a command that has to end with 0, with `--json`. */
  readonly must: (...args: readonly string[]) => Promise<EndedCommand>;
  /** What is in the target: path -> content. */
  readonly restored: () => Record<string, string>;
  readonly run: AgentWorld["run"];
  readonly write: AgentWorld["write"];
}

async function restoreWorld(): Promise<RestoreWorld> {
  const world = await agentWorld();
  await world.prepare();
  const target = join(dirname(world.home), "復元先");
  mkdirSync(target);
  return {
    ...world,
    target,
    must: async (...args) => {
      const ended = await world.run([...args, "--json"]);
      if (ended.exit !== 0) throw new Error(`${args.join(" ")} exited ${ended.exit}: ${ended.out}`);
      return ended;
    },
    restored: () =>
      Object.fromEntries(
        readdirSync(target, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => {
            const path = join(entry.parentPath, entry.name);
            return [path.slice(target.length + 1), readFileSync(path, "utf8")];
          }),
      ),
  };
}

describe("restore", () => {
  test("brings a folder back with its times, and any generation of a file", async () => {
    const { must, source, target, write, restored } = await restoreWorld();
    write({ "a.txt": "first", "深い/フォルダ/b.txt": "bb", 空: null });
    await must("backup", "run");
    write({ "a.txt": "second!" });
    await must("backup", "run");

    const generations = await must("generations", join(source, "a.txt"));
    expect(generations.linesOf("generation")).toMatchObject([
      { generation: 2, sizeBytes: 7, modifiedAt: expect.any(String) },
      { generation: 1, sizeBytes: 5 },
    ]);

    const whole = await must("restore", source, target);
    expect(whole.lines.map(({ type }) => type)).toEqual(
      expect.arrayContaining(["job-started", "file", "job-ended"]),
    );
    expect(whole.lines.at(-1)).toMatchObject({
      type: "summary",
      completed: true,
      jobCount: 1,
      transferredFileCount: 2,
    });
    expect(restored()).toEqual({ "a.txt": "second!", "深い/フォルダ/b.txt": "bb" });
    expect(statSync(join(target, "空")).isDirectory()).toBe(true);
    const times = [source, target].map((folder) => statSync(join(folder, "a.txt")).mtimeMs);
    expect(Math.abs((times[0] ?? 0) - (times[1] ?? 0))).toBeLessThan(0.001);

    await must(
      "restore",
      join(source, "a.txt"),
      target,
      "--generation",
      "1",
      "--on-conflict",
      "overwrite",
    );
    expect(restored()).toMatchObject({ "a.txt": "first" });

    const history = await must("history", "restore");
    expect(history.linesOf("job")).toMatchObject([
      { kind: "restore", settings: { entryKind: "file", generation: 1, onConflict: "overwrite" } },
      { kind: "restore", destination: target, settings: { generation: null, onConflict: "skip" } },
    ]);
    const shown = await must("history", "show", String(history.linesOf("job")[0]?.jobId));
    expect(shown.linesOf("file")).toMatchObject([{ path: "a.txt", status: "completed" }]);
  });

  test("touches no file in its way unasked, and says which", async () => {
    const { must, run, source, target, write, restored } = await restoreWorld();
    write({ "a.txt": "backed up", "b.txt": "b" });
    await must("backup", "run");
    writeFileSync(join(target, "a.txt"), "mine");

    const asText = await run(["restore", source, target, "--lang", "ja"]);
    expect(asText.exit).toBe(0);
    expect(restored()).toEqual({ "a.txt": "mine", "b.txt": "b" });
    const jobId = /history show (\d+) --status excluded/.exec(asText.out)?.[1] ?? "";
    const left = await must("history", "show", jobId, "--status", "excluded");
    expect(left.linesOf("file")).toMatchObject([{ path: "a.txt", detail: expect.any(String) }]);

    await must("restore", source, target, "--on-conflict", "keep-both");
    expect(restored()).toMatchObject({ "a.txt": "mine", "a (2).txt": "backed up" });
    await must("restore", source, target, "--on-conflict", "overwrite");
    expect(restored()).toMatchObject({ "a.txt": "backed up" });
  });

  test("that cannot be done is incomplete, and its rerun does the same again", async () => {
    const { must, run, source, target, write, restored } = await restoreWorld();
    write({ "a.txt": "a" });
    await must("backup", "run");
    rmSync(target, { recursive: true });

    const refused = await run(["restore", source, target, "--folder", "--json"]);
    expect(refused.exit).toBe(3);
    expect(refused.linesOf("job-ended")).toMatchObject([
      { status: "invalid-settings", causes: [{ id: "R-IS-1" }, { id: "R-IS-2" }] },
    ]);
    const id = String(refused.linesOf("job-ended")[0]?.jobId);

    mkdirSync(target);
    const again = await must("rerun", id);
    expect(again.lines.at(0)).toMatchObject({ type: "job", jobId: Number(id) });
    expect(again.linesOf("job-ended")).toMatchObject([
      { status: "completed", trigger: "rerun", settings: { entryKind: "folder" } },
    ]);
    expect(restored()).toEqual({ "a.txt": "a" });
    const twice = await run(["rerun", "1", "--json"]);
    expect([twice.exit, twice.lines]).toMatchObject([1, [{ code: "job-not-incomplete" }]]);
  });
});

test("browse shows this PC's backups, the folders in them and the way to more pages", async () => {
  const { must, run, source, write } = await restoreWorld();
  write({ "深い/x.txt": "x" });
  write(Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`${n}.txt`, "x"])));
  await must("backup", "run");

  expect((await must("browse")).linesOf("entry")).toMatchObject([
    { entryKind: "folder", name: "資料", sizeBytes: null },
  ]);
  const first = await must("browse", source);
  const second = await must("browse", source, "--page", "2");
  const names = [...first.linesOf("entry"), ...second.linesOf("entry")].map(({ name }) => name);
  expect(new Set(names).size).toBe(151);
  expect(first.linesOf("entry")).toHaveLength(100);
  expect(first.linesOf("page")).toMatchObject([{ list: "entries", nextPage: 2, rowCount: null }]);
  expect(second.linesOf("page")).toMatchObject([{ previousPage: 1, nextPage: null }]);

  const beyond = await run(["browse", source, "--page", "3", "--json"]);
  expect([beyond.exit, beyond.lines]).toMatchObject([
    2,
    [{ code: "no-such-page", reason: { params: { last: 2 } } }],
  ]);

  const nowhere = await run(["browse", join(source, "gone"), "--json"]);
  expect([nowhere.exit, nowhere.lines]).toMatchObject([1, [{ code: "not-on-service" }]]);
});

describe("difference comparison", () => {
  test("deletes what is gone, in a job of its own that the history of deletions has", async () => {
    const { must, source, write } = await restoreWorld();
    await must("settings", "--compare-delete", "on", "--compare-upload", "on");
    write({ "a.txt": "a", "gone.txt": "four" });
    await must("backup", "run");
    rmSync(join(source, "gone.txt"));

    const run = await must("backup", "run");
    expect(run.linesOf("job-ended").map(({ kind, status }) => [kind, status])).toEqual([
      ["backup", "completed"],
      ["delete", "completed"],
    ]);
    expect(run.linesOf("summary")).toMatchObject([
      { jobCount: 2, transferredFileCount: 0, deletedFileCount: 1, deletedBytes: 4 },
    ]);

    const [newest] = (await must("history", "delete")).linesOf("job");
    expect(newest).toMatchObject({ sourcePath: source, targetFileCount: 1, targetBytes: 4 });
    const shown = await must("history", "show", String(newest?.jobId));
    expect(shown.linesOf("file")).toMatchObject([{ path: "gone.txt", status: "completed" }]);
    const entries = (await must("browse", source)).linesOf("entry");
    expect(entries.map(({ name }) => name)).toEqual(["a.txt"]);
  });

  test("waits for a person when the source is suddenly empty", async () => {
    const { must, run, source, write } = await restoreWorld();
    await must("settings", "--compare-delete", "on");
    write({ "a.txt": "a" });
    await must("backup", "run");
    rmSync(join(source, "a.txt"));

    const careful = await run(["backup", "run", "--json"]);
    expect(careful.exit).toBe(3);
    expect(careful.linesOf("job-ended")).toMatchObject([
      { kind: "backup", status: "completed" },
      { kind: "delete", status: "not-run", causes: [{ id: "DEL-NR-3" }], endedAt: null },
    ]);
    const asTable = await run(["history", "delete", "--lang", "ja"]);
    expect(asTable.out).toMatch(/ \S+資料 +\d+ファイル +\S+B {2}未実行$/m);

    const sure = await must("backup", "run", "--confirm-deletions");
    expect(sure.linesOf("summary")).toMatchObject([{ deletedFileCount: 1 }]);
  });
});

test("a backup is run again with the settings it had, not with those of today", async () => {
  const { must, run, write, source } = await restoreWorld();
  await must("settings", "--compare-delete", "on");
  write({ "a.txt": "a", "bad?.txt": "x" });
  const first = await run(["backup", "run", "--json"]);
  expect(first.exit).toBe(3);
  const id = String(first.linesOf("job-ended")[0]?.jobId);
  await must("settings", "--compare-delete", "off");
  rmSync(join(source, "bad?.txt"));

  const again = await must("rerun", id);

  expect(again.linesOf("job-ended")).toMatchObject([
    { kind: "backup", trigger: "rerun", status: "completed", settings: { compareDelete: true } },
    { kind: "delete", trigger: "rerun" },
  ]);
  const deletion = String(again.linesOf("job-ended")[1]?.jobId);
  const refused = await run(["rerun", deletion]);
  expect(refused.exit).toBe(1);
  expect(refused.err).toContain(`run the backup of ${source}`);

  await must("source", "remove", "1");
  const gone = await run(["rerun", id, "--json"]);
  expect([gone.exit, gone.lines]).toMatchObject([1, [{ code: "no-such-source" }]]);
});

describe("a restore that runs", () => {
  async function withRunningRestore(): Promise<{
    world: RestoreWorld;
    restore: ReturnType<AgentWorld["start"]>;
  }> {
    const world = await restoreWorld();
    world.write({ "a.txt": "a" });
    await world.must("backup", "run");
    world.service.faults.add({ kind: "never-answer", operation: ["getFile"], times: "forever" });
    const restore = world.start(["restore", world.source, world.target, "--json"]);
    await restore.untilPrinted('"type":"job-started"');
    return { world, restore };
  }

  test("has no 中断, and tells the one who asks", async () => {
    const { world, restore } = await withRunningRestore();

    const interrupt = await world.run(["backup", "interrupt", "--json"]);

    expect(interrupt.exit).toBe(1);
    expect(interrupt.lines).toMatchObject([{ type: "error", code: "restore-running" }]);
    const history = await world.run(["history", "restore", "--json"]);
    expect(history.linesOf("job")).toMatchObject([{ status: "running", endedAt: null }]);
    expect(history.linesOf("job")[0]?.elapsedSeconds).toBeGreaterThanOrEqual(0);
    expect(restore.child.exitCode).toBeNull();
  });

  test("ends when somebody logs out", async () => {
    const { world, restore } = await withRunningRestore();

    const logout = await world.run(["logout"]);

    expect(logout.out).toContain(`the restore of process ${restore.child.pid} was ended`);
    expect((await restore.ended).exit).toBe(3);
    const history = await world.run(["history", "restore", "--json"]);
    expect(history.linesOf("job")).toMatchObject([
      { status: "unexpected", causes: [{ id: "R-UX-6" }] },
    ]);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("closes the tool on %s", async (signal) => {
    const { world, restore } = await withRunningRestore();

    restore.child.kill(signal);

    expect((await restore.ended).exit).toBe(3);
    const history = await world.run(["history", "restore", "--json"]);
    expect(history.linesOf("job")).toMatchObject([
      { status: "unexpected", causes: [{ id: "R-UX-1" }], endedAt: expect.any(String) },
    ]);
    expect(world.restored()).toEqual({});
  });
});
