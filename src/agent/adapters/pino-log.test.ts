import { mkdtempSync, readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { PinoLog } from "./pino-log.ts";

function newPath(): string {
  return join(mkdtempSync(join(tmpdir(), "pino-log-")), "logs", "agent.log");
}

test("writes a JSON line per event, readable by its owner only, at once", () => {
  const path = newPath();
  const log = PinoLog.open(path);

  log.write("warn", "job-was-cut-off", { job: 7 });

  expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
    level: "warn",
    event: "job-was-cut-off",
    job: 7,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  log.close();
});

test("blots out fields that are named like a secret", () => {
  const path = newPath();
  const log = PinoLog.open(path);

  log.write("info", "x", {
    password: "hunter2",
    session: { token: "hunter2" },
    a: { headers: { authorization: "hunter2" } },
  });
  log.close();

  expect(readFileSync(path, "utf8")).not.toContain("hunter2");
});

test("sets a full file aside and keeps a bounded number of them", () => {
  const path = newPath();
  const log = PinoLog.open(path, { rotateBytes: 1_000, keptFileCount: 2 });

  for (let number = 0; number < 40; number += 1) log.write("info", "filler", { number });
  log.close();

  expect(readdirSync(join(path, "..")).toSorted()).toEqual([
    "agent.log",
    "agent.log.1",
    "agent.log.2",
  ]);
  expect(readFileSync(path, "utf8")).toContain('"number":39');
});

test("leaves rotation to the process that works", () => {
  const path = newPath();
  const log = PinoLog.open(path, { rotateBytes: 1, mayRotate: false });

  for (let number = 0; number < 3; number += 1) log.write("info", "filler", { number });
  log.close();

  expect(readdirSync(join(path, ".."))).toEqual(["agent.log"]);
});

test.runIf(process.platform === "linux")("goes on where the disk takes no line", () => {
  // Every write to it fails as on a full disk.
  const log = PinoLog.open("/dev/full", { mayRotate: false });

  for (let line = 0; line < 5_000; line += 1) log.write("info", "x", { text: "y".repeat(200) });

  expect(() => log.close()).not.toThrow();
});
