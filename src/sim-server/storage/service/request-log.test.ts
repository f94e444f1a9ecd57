import { expect, test } from "vitest";

import { keptBytes } from "../../copies/testing/kept-bytes.ts";
import { RequestLog } from "./request-log.ts";

const SEEN = { atMs: 0, method: "POST", target: "/v1/batch", operationId: "batchUpload" } as const;

test("keeps the newest requests, as many as it was made for", () => {
  const log = new RequestLog(10);
  for (let index = 0; index < 100; index += 1) log.begin(SEEN);
  const numbers = log.find().map(({ number }) => number);
  expect(numbers.length).toBeGreaterThanOrEqual(10);
  expect(numbers.length).toBeLessThan(20);
  expect(numbers.at(-1)).toBe(100);
});

test("forgets the oldest for the room that paths take, and never the newest", () => {
  const log = new RequestLog(10_000);
  for (let index = 0; index < 200; index += 1) {
    log.name(log.begin(SEEN), [`${index}`.padEnd(2 ** 20, "x")]);
  }
  const kept = log.find();
  expect(kept.length).toBeLessThanOrEqual(32);
  expect(kept.at(-1)?.number).toBe(200);
  log.name(log.begin(SEEN), ["y".repeat(64 * 2 ** 20)]);
  expect(log.find().map(({ number }) => number)).toEqual([201]);
});

test("keeps of a long target what it shows, and not the request line that it came in", () => {
  const log = new RequestLog(10_000);
  const before = keptBytes();
  for (let index = 0; index < 500; index += 1) {
    const line = Buffer.alloc(60_000, `/v1/files/${index}/`).toString("latin1");
    log.name(log.begin({ ...SEEN, target: line }), [line.slice(10, 50)]);
  }
  expect(keptBytes() - before).toBeLessThan(500 * 4_000);
  expect(log.find()[7]?.target).toHaveLength(1_000);
});
