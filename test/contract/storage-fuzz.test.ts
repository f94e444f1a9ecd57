import { hash } from "node:crypto";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import { OPERATION_IDS } from "../../src/protocol/http/operation-ids.ts";
import { PROBLEM_CODES } from "../../src/protocol/http/problem.ts";
import { formatServicePath } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import { fuzzRequest, writeRequest } from "./storage-fuzz-arbitraries.ts";
import { connect, inDestination, makeService, StorageClient } from "./storage-client.ts";

/** Answers that are no failure of the service though they begin with 5. */
const INSUFFICIENT_CAPACITY = 507;

interface World {
  readonly service: StorageService;
  token: string;
  uploadUrl: string;
}

async function makeWorld(): Promise<World> {
  const service = makeService({
    anonymousUploads: true,
    accounts: [{ loginId: "demo", password: "correct", quotaBytes: 1000 }],
    uploadLimits: { sizeBytesMax: 4096, appendBytesMax: 1024 },
  });
  const world: World = { service, token: "", uploadUrl: "" };
  await renew(world);
  return world;
}

/** Sees to it that there is a session, a destination, a file and an unfinished upload. */
async function renew(world: World): Promise<void> {
  const explorer = world.service.explorer("demo");
  if (explorer.file(inDestination("a")) === undefined) {
    explorer.put(inDestination("a"), "hello", { modifiedAtNs: 1n });
  }
  const client = await StorageClient.loggedIn(world.service);
  const path = formatServicePath(inDestination("up"));
  const query = new URLSearchParams({ path, modifiedAtNs: "1" }).toString();
  const headers = { "upload-complete": "?0" };
  const created = await client.send("POST", `/v1/uploads?${query}`, { headers, body: "" });
  world.token = client.token ?? "";
  world.uploadUrl = created.headers["location"] ?? "";
}

/** What is committed: files, folders, accounts; not uploads on their way nor sessions. */
function stateOf(service: StorageService): string {
  const { secrets: _sessions, ...committed } = service.snapshot();
  return hash("sha256", JSON.stringify(committed));
}

/** Sends bytes, hangs up, and returns all that came back. */
async function exchange(service: StorageService, pieces: readonly Buffer[]): Promise<string> {
  const socket = connect(service.createServer());
  let received = "";
  socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
  socket.on("error", () => {});
  const quiet = async (): Promise<void> => {
    for (let turn = 0, seen = -1; turn < 12; turn += 1) {
      if (seen !== received.length) turn = 0;
      seen = received.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  for (const piece of pieces) if (!socket.destroyed) socket.write(piece);
  await quiet();
  socket.end();
  await quiet();
  socket.destroy();
  return received;
}

/** The final statuses among what came back; bodies of the service contain no status line. */
function statuses(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)]
    .map(([, status]) => Number(status))
    .filter((status) => status >= 200);
}

/** `requestCount` requests are in the bytes; 0 for bytes that cannot change anything. */
async function assertSound(
  world: World,
  pieces: readonly Buffer[],
  requestCount = 0,
): Promise<void> {
  const { service } = world;
  const before = stateOf(service);
  const received = await exchange(service, pieces);
  const answered = statuses(received);
  expect(service.internalErrors).toEqual([]);
  expect(answered.filter((status) => status >= 500 && status !== INSUFFICIENT_CAPACITY)).toEqual(
    [],
  );
  for (const [, code] of received.matchAll(/"status":\d+,"code":"([^"]*)"/g))
    expect(PROBLEM_CODES).toContain(code);
  // A request whose answer was lost with the connection may have been carried out.
  const allRefused = answered.length >= requestCount && answered.every((status) => status >= 400);
  expect(allRefused ? stateOf(service) : before).toBe(before);
  const { usedBytes, quotaBytes } = service.explorer("demo").usage();
  expect(usedBytes).toBeLessThanOrEqual(quotaBytes);
  expect(
    await exchange(service, [Buffer.from("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")]),
  ).toContain('"status":"ok"');
}

const cut = (bytes: Buffer, at: number): Buffer[] => {
  const index = bytes.length === 0 ? 0 : at % bytes.length;
  return [bytes.subarray(0, index), bytes.subarray(index)].filter(({ length }) => length > 0);
};

test("answers any bytes without a 500, and refuses without changing anything", async () => {
  expect.hasAssertions();
  const world = await makeWorld();
  const line = fc.constantFrom(
    "GET / HTTP/1.1\r\n",
    "PUT /v1/files/a HTTP/1.1\r\n",
    "CONNECT x:1 HTTP/1.1\r\n",
    "\r\n",
    "Host: x\r\n",
    "\0",
    " ",
  );
  const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
  const bytes = fc
    .array(
      fc.oneof(
        line.map((text) => Buffer.from(text)),
        noise,
      ),
      { maxLength: 6 },
    )
    .map((parts) => Buffer.concat(parts));
  await fc.assert(
    fc.asyncProperty(bytes, fc.nat(), async (sent, at) => assertSound(world, cut(sent, at))),
    { numRuns: 150 },
  );
});

test("answers any request without a 500, and refuses without changing anything", async () => {
  const world = await makeWorld();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fuzzRequest, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      async (requests, at) => {
        await renew(world);
        const { token, uploadUrl } = world;
        const bytes = requests.map((request) => writeRequest(request, token, uploadUrl));
        await assertSound(world, cut(Buffer.concat(bytes), at), requests.length);
      },
    ),
    { numRuns: 1500 },
  );
  // Were every request refused at the door, nothing would have been tried.
  const succeeded = world.service.requestLog.find().filter(({ status }) => (status ?? 999) < 400);
  const operations = new Set(succeeded.map(({ operationId }) => operationId));
  expect(OPERATION_IDS.filter((id) => !operations.has(id))).toEqual([]);
});

test("answers a head that is too large with 431, and no host with 400, as problems", async () => {
  const { service } = await makeWorld();
  const large = await exchange(service, [
    Buffer.from(`GET /healthz HTTP/1.1\r\nHost: x\r\nx: ${"y".repeat(70_000)}\r\n\r\n`),
  ]);
  expect(large).toMatch(/^HTTP\/1\.1 431 .*"code":"request-header-too-large"/s);
  const path = "a".repeat(50_000);
  const long = await exchange(service, [
    Buffer.from(`GET /v1/files/${path} HTTP/1.1\r\nHost: x\r\n\r\n`),
  ]);
  expect(long).toMatch(/^HTTP\/1\.1 401 /);
  expect(await exchange(service, [Buffer.from("GET /healthz HTTP/1.1\r\n\r\n")])).toMatch(
    /^HTTP\/1\.1 400 .*invalid-request/s,
  );
  expect(await exchange(service, [Buffer.from("GET /healthz HTTP/1.0\r\n\r\n")])).toMatch(
    /^HTTP\/1\.1 200 /,
  );
  expect(await exchange(service, [Buffer.from("nonsense\r\n\r\n")])).toMatch(
    /^HTTP\/1\.1 400 .*problem\+json.*invalid-request/s,
  );
});
