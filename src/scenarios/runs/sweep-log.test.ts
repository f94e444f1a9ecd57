import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { message } from "../../messages/message.ts";
import type { SweepItem } from "./fault-sweep.ts";
import { SweepLog, SweepLogError } from "./sweep-log.ts";
import type { StrikeOutcome } from "./strike-outcome.ts";

let folder: string;
let logPath: string;
let item: SweepItem;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sweep-log-"));
  logPath = join(folder, "log.jsonl");
  const path = join(folder, "a.yaml");
  writeFileSync(path, "one");
  item = { path, id: "0/disk/1/busy once", what: "stat /data #1", strikes: [] };
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const GOOD: StrikeOutcome = { violations: [], traceHash: "abc", tookMs: 12.4 };
const BROKEN: StrikeOutcome = {
  ...GOOD,
  violations: [{ invariant: "I4", message: message("harness.nothing") }],
};

test("what was run and held is not run again, what broke a law is", () => {
  const log = new SweepLog(logPath);
  expect(log.doneBefore(item)).toBeUndefined();
  const other = { ...item, id: "0/disk/1/busy on" };
  log.add(item, GOOD);
  log.add(other, BROKEN);
  const next = new SweepLog(logPath);
  expect(next.doneBefore(item)).toMatchObject({ verdict: "good", tookMs: 12 });
  expect(next.doneBefore(other)).toBeUndefined();
});

test("a line that was not written to its end is not counted, and the next one is whole", () => {
  new SweepLog(logPath).add(item, GOOD);
  appendFileSync(logPath, '{"kind":"strike","file":"a.ya');
  const log = new SweepLog(logPath);
  const other = { ...item, id: "0/disk/2/busy on" };
  log.add(other, GOOD);
  const next = new SweepLog(logPath);
  expect([next.doneBefore(item), next.doneBefore(other)]).not.toContain(undefined);
  expect(readFileSync(logPath, "utf8").split("\n")).toHaveLength(4);
});

test("what was found in another state of the file counts for nothing", () => {
  new SweepLog(logPath).add(item, GOOD);
  writeFileSync(item.path, "two");
  expect(new SweepLog(logPath).doneBefore(item)).toBeUndefined();
});

test("a file that is no such log is refused", () => {
  writeFileSync(logPath, "something else\n");
  expect(() => new SweepLog(logPath)).toThrow(SweepLogError);
});
