import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { startCommand } from "./support/own-command.ts";

const folder = mkdtempSync(join(tmpdir(), "azukeru-replay-"));

afterAll(() => rmSync(folder, { recursive: true }));

/** A scenario file on a Windows disk with the file `/data/a`; `more` are keys behind the timeline. */
function fileWith(name: string, timeline: readonly string[], more = ""): string {
  const path = join(folder, name);
  const head = [
    "{ version: 1, seed: 1, start: 2026-11-24T00:00:00Z, zone: Asia/Tokyo, edition: office-anshin,",
    'plan: standard, disk: windows, sources: [/data], tree: { /data/a: { content: { text: "1" } } },',
  ];
  writeFileSync(path, [...head, "timeline: [", ...timeline, `] ${more} }`, ""].join("\n"));
  return path;
}

test("warns of each part that did nothing, with its line, and ends with 4 when told to be strict", async () => {
  const file = fileWith("inert.yaml", [
    "{ do: write, path: /data/none/x, content: { text: y } },",
    "{ do: backup, faults: { storage: [",
    "  { kind: status, status: 503, nth: 99 },",
    "] } },",
    "{ do: delete, path: /data/missing },",
  ]);

  const lenient = await startCommand("azukeru-sim", ["replay", file], { LC_ALL: "C" }).ended;
  const strict = await startCommand("azukeru-sim", ["replay", "--strict", file]).ended;

  expect(lenient.exitCode).toBe(0);
  expect(lenient.stderr.split("\n")).toEqual([
    expect.stringContaining(`warning: ${file}:4:1: timeline.0: did nothing`),
    expect.stringContaining(`warning: ${file}:6:3: timeline.1.faults.storage.0: never struck`),
    expect.stringContaining(`warning: ${file}:8:1: timeline.2: did nothing`),
    "",
  ]);
  expect(strict.exitCode).toBe(4);
});

test("is content with a scenario of which every part did something", async () => {
  const file = fileWith("lively.yaml", [
    "{ do: write, path: /data/b, content: { text: y } }, { do: backup },",
  ]);

  const { exitCode, stderr } = await startCommand("azukeru-sim", ["replay", "--strict", file])
    .ended;

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

test("lives both lives of a scenario that is about a relation", async () => {
  // What this relation is about has no moments: the other life is not interrupted.
  const moment = "{ when: { at: stat, path: /data/a, nth: 1 }, what: { do: interrupt } }";
  const file = fileWith(
    "related.yaml",
    [`{ do: backup, disturbances: [${moment}] }`],
    ", relation: healed-faults",
  );

  const { exitCode, stdout } = await startCommand("azukeru-sim", ["replay", file], {
    LC_ALL: "C",
  }).ended;

  expect(stdout).toContain("the relation healed-faults does not hold");
  expect(exitCode).toBe(1);
});
