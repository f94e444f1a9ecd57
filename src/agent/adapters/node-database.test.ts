import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openNodeDatabase } from "./node-database.ts";

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), "node-database-")), "agent.db");
}

test("keeps what was committed, in files for their owner only", () => {
  const path = newPath();
  const database = openNodeDatabase(path);
  database.exec("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (7)");

  for (const suffix of ["", "-wal", "-shm"]) {
    expect(statSync(path + suffix).mode & 0o777).toBe(0o600);
  }
  database.close();
  const again = openNodeDatabase(path);
  expect(again.prepare("SELECT n FROM t").get()).toEqual({ n: 7 });
  again.close();
});

test("lets another process read while one writes, and refuses its writes", () => {
  const path = newPath();
  const writer = openNodeDatabase(path);
  writer.exec("CREATE TABLE t (n INTEGER); BEGIN IMMEDIATE; INSERT INTO t VALUES (7)");

  const reader = openNodeDatabase(path, { readOnly: true });

  expect(reader.prepare("SELECT count(*) AS count FROM t").get()).toEqual({ count: 0 });
  expect(() => reader.exec("INSERT INTO t VALUES (8)")).toThrow(/readonly/);
  writer.exec("COMMIT");
  expect(reader.prepare("SELECT count(*) AS count FROM t").get()).toEqual({ count: 1 });
  reader.close();
  writer.close();
});
