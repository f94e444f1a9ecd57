import { beforeEach, expect, test } from "vitest";

import type { StorageFault } from "../../src/sim-server/faults/storage-fault.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  digestOf,
  fileUrl,
  inDestination,
  json,
  makeService,
  StorageClient,
  type TestClock,
} from "./storage-client.ts";

let service: StorageService & { readonly clock: TestClock };
let client: StorageClient;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

test.each(["gzip, chunked", "deflate, chunked", "GZIP,CHUNKED", "x, chunked"])(
  "refuses the transfer coding %s with 501, and keeps nothing",
  async (coding) => {
    const headers = {
      "transfer-encoding": coding,
      "azukeru-modified-at-ns": "1",
      "repr-digest": digestOf("x"),
    };
    const answer = await client.send("PUT", fileUrl(inDestination("a")), { headers, body: "x" });
    expect([answer.status, json(answer).code]).toEqual([501, "not-implemented"]);
    expect(service.explorer("demo").list(DESTINATION)).toEqual([]);
  },
);

test("takes a chunked body, however the word is written", async () => {
  for (const coding of ["chunked", "CHUNKED"]) {
    const answer = await client.put(inDestination(coding), "x", { "transfer-encoding": coding });
    expect(answer.status).toBe(201);
  }
});

test.each([
  ["1700000000999999999", "Tue, 14 Nov 2023 22:13:20 GMT"],
  ["0", "Thu, 01 Jan 1970 00:00:00 GMT"],
  ["-1000000000", undefined],
  ["999999999999999999999", undefined],
])("tells HTTP clients of a file of %s ns that it was modified at %s", async (ns, expected) => {
  await client.put(inDestination("a"), "x", { "azukeru-modified-at-ns": ns });
  const head = await client.call("headFile", "HEAD", fileUrl(inDestination("a")));
  const whole = await client.get(inDestination("a"));
  const range = await client.get(inDestination("a"), { range: "bytes=0-0" });
  expect([head, whole, range].map(({ headers }) => headers["last-modified"])).toEqual([
    expected,
    expected,
    expected,
  ]);
});

test.each<[StorageFault, string]>([
  [{ kind: "status", status: 503, retryAfterSeconds: 90 }, "90"],
  [
    { kind: "status", status: 503, retryAfterSeconds: 90, retryAfterForm: "date" },
    "Sat, 21 Nov 2026 03:01:30 GMT",
  ],
  [
    { kind: "status", status: 429, retryAfterSeconds: 0, retryAfterForm: "date" },
    "Sat, 21 Nov 2026 03:00:00 GMT",
  ],
  [
    { kind: "status", status: 502, retryAfterSeconds: 1, retryAfterForm: "date" },
    "Sat, 21 Nov 2026 03:00:01 GMT",
  ],
])("says when to come again in the form a fault names: %j", async (fault, expected) => {
  service.faults.add(fault);
  const answer = await client.send("GET", "/v1/contract");
  expect(answer.headers["retry-after"]).toBe(expected);
});
