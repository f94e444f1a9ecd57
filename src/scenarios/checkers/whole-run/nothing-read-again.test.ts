import { beforeAll, expect, test } from "vitest";

import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    // With such a seed two backups follow the faults.
    seed: 4,
    tree: {
      "/data/a": { content: { text: "a" } },
      "/data/of the future": { content: { text: "b" }, modifiedAtNs: "4102444800000000000" },
    },
    timeline: [{ do: "backup" }],
  });
});

/** The record with a file opened in its last backup. */
function withOpened(path: string): RunRecord {
  const last = honest.backups.length - 1;
  const opened = { seq: 1_000_000, atMs: 0, call: "open", path };
  const backups = honest.backups.map((run, at) =>
    at === last ? { ...run, diskCalls: [...run.diskCalls, opened] } : run,
  );
  return { ...honest, backups };
}

test("nothing is wrong with what the agent truly does, which reads what is of the future", () => {
  const opened = honest.backups.at(-1)?.diskCalls.filter(({ call }) => call === "open");
  expect(opened?.map(({ path }) => path)).toEqual(["/data/of the future"]);
  expect(violatedBy(honest)).toEqual(new Set());
});

test("a file that is as the backup before read it is not to be opened", () => {
  expect(violatedBy(withOpened("/data/a"))).toEqual(new Set(["again"]));
});

test.each([
  ["PUT", "/v1/files/a", true],
  ["POST", "/v1/batch-uploads", true],
  ["POST", "/v1/sessions", false],
  ["GET", "/v1/folders/a", false],
])("%s %s in a backup of what is unchanged is noticed: %s", (method, path, isNoticed) => {
  const sent = { atMs: 0, method, path, status: 200, bodyBytes: 0 };
  const last = honest.backups.length - 1;
  const backups = honest.backups.map((run, at) =>
    at === last ? { ...run, requests: [...run.requests, sent] } : run,
  );
  expect(violatedBy({ ...honest, backups }).has("again")).toBe(isNoticed);
});

test("what is outside the source may be opened", () => {
  expect(violatedBy(withOpened("/database/a"))).toEqual(new Set());
});
