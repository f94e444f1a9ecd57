import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { SqliteInstanceLock } from "./sqlite-instance-lock.ts";

function newHome(): string {
  return mkdtempSync(join(tmpdir(), "instance-lock-"));
}

test("is held by one at a time and can be taken again after its release", () => {
  const home = newHome();
  const first = SqliteInstanceLock.tryAcquire(home);

  expect(first).toBeDefined();
  expect(SqliteInstanceLock.tryAcquire(home)).toBeUndefined();

  first?.release();
  first?.release();
  const second = SqliteInstanceLock.tryAcquire(home);
  expect(second).toBeDefined();
  second?.release();
});

test("takes no room on the disk, which may be full", () => {
  const home = newHome();
  const lock = SqliteInstanceLock.tryAcquire(home);

  expect(readdirSync(home)).toEqual(["lock.db"]);
  expect(statSync(join(home, "lock.db")).size).toBe(0);
  lock?.release();
});

test("ends with a process that is killed", async () => {
  const home = newHome();
  const module = new URL("sqlite-instance-lock.ts", import.meta.url).href;
  const code = `
    const { SqliteInstanceLock } = await import(${JSON.stringify(module)});
    globalThis.lock = SqliteInstanceLock.tryAcquire(${JSON.stringify(home)});
    console.log("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code]);
  await once(child.stdout, "data");

  expect(SqliteInstanceLock.tryAcquire(home)).toBeUndefined();
  child.kill("SIGKILL");
  await once(child, "exit");

  const lock = SqliteInstanceLock.tryAcquire(home);
  expect(lock).toBeDefined();
  lock?.release();
});
