import { hash } from "node:crypto";

import * as fc from "fast-check";
import { expect, it } from "vitest";

import { PROBLEM_CODES } from "../../src/protocol/http/problem.ts";
import { formatServicePath } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/storage-service.ts";
import {
  batchPart,
  connect,
  DESTINATION,
  digestOf,
  fileUrl,
  folderUrl,
  inDestination,
  makeService,
  StorageClient,
} from "./storage-client.ts";

/** Answers that are no failure of the service though they begin with 5. */
const INSUFFICIENT_CAPACITY = 507;

interface World {
  readonly service: StorageService;
  readonly token: string;
  readonly uploadUrl: string;
}

async function makeWorld(): Promise<World> {
  const service = makeService({
    anonymousUploads: true,
    accounts: [{ loginId: "demo", password: "correct", quotaBytes: 1000 }],
    uploadLimits: { sizeBytesMax: 4096, appendBytesMax: 1024 },
  });
  const client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
  await client.put(inDestination("a"), "hello");
  const created = await client.send(
    "POST",
    `/v1/uploads?path=${encodeURIComponent(formatServicePath(inDestination("up")))}&modifiedAtNs=1`,
    {
      headers: { "upload-complete": "?0" },
      body: "",
    },
  );
  return { service, token: client.token ?? "", uploadUrl: created.headers["location"] ?? "" };
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
  for (const [, code] of received.matchAll(/"code":"([^"]*)"/g))
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

it("answers any bytes without a 500, and refuses without changing anything", async () => {
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

it("answers any request without a 500, and refuses without changing anything", async () => {
  expect.hasAssertions();
  const methods = fc.constantFrom(
    "GET",
    "HEAD",
    "PUT",
    "POST",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "MKCOL",
    "get",
  );
  const segment = fc.oneof(
    fc.constantFrom(
      "a",
      "..",
      ".",
      "",
      "%2e%2e",
      "%2F",
      "%00",
      "%ff",
      "%zz",
      "%",
      "a%20b",
      "%F0%9F%98%80",
      "x:y",
      "%ed%a0%80",
    ),
    fc
      .string({ unit: "grapheme", maxLength: 5 })
      .map((text) => encodeURIComponent(text.toWellFormed())),
  );
  const tail = fc.array(segment, { maxLength: 4 }).map((parts) => parts.join("/"));
  const prefix = fc.constantFrom(
    "/v1/files/",
    "/v1/folders/",
    "/v1/generations/",
    "/v1/uploads/",
    `${fileUrl(DESTINATION)}/`,
    `${folderUrl(DESTINATION)}/`,
    "/v1/",
    "/",
    "*",
    "http://h/v1/files/",
    "//",
    "/v1//",
  );
  const fixed = fc.constantFrom(
    "/v1/sessions",
    "/v1/sessions/current",
    "/v1/contract",
    "/v1/moves",
    "/v1/batch-uploads",
    "/v1/uploads",
    "/v1/openapi.json",
    "/healthz",
    "UPLOAD",
  );
  const query = fc.constantFrom(
    "",
    "?",
    "?limit=1",
    "?recursive=true&limit=1000",
    "?generation=1",
    "?generation=99",
    "?pageToken=ZGE",
    "?path=a&modifiedAtNs=1",
    `?path=${encodeURIComponent(formatServicePath(inDestination("new")))}&modifiedAtNs=-5`,
    "?%zz=1",
    "?a=1&a=2",
    "?__proto__=x",
  );
  const target = fc
    .tuple(
      fc.oneof(
        fc.tuple(prefix, tail).map((parts) => parts.join("")),
        fixed,
      ),
      query,
    )
    .map((parts) => parts.join(""));
  const body = fc.oneof(
    fc.constantFrom(
      Buffer.from(""),
      Buffer.from("hello"),
      Buffer.from("{}"),
      Buffer.from("null"),
      Buffer.alloc(1100, "x"),
      Buffer.from('{"loginId":"demo","password":"correct","deviceName":"pc"}'),
      Buffer.from(
        JSON.stringify({
          kind: "file",
          from: formatServicePath(inDestination("a")),
          to: formatServicePath(inDestination("b")),
        }),
      ),
      batchPart(formatServicePath(inDestination("b")), "batch"),
      batchPart(formatServicePath(inDestination("b")), "batch").subarray(0, -2),
    ),
    fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  );
  const value = fc.constantFrom(
    "?0",
    "?1",
    "0",
    "5",
    "-1",
    "99999999999999999999",
    "abc",
    "*",
    '"x"',
    'W/"x"',
    "bytes=0-1",
    "bytes=9-",
    "application/json",
    "application/partial-upload",
    "application/vnd.azukeru.batch-upload",
    "application/x-ndjson",
    "gzip",
    "8",
    "100-continue",
    "",
    ",",
    "sha-256=:AAAA:",
    "sha-256=?1",
    "DIGEST",
    "chunked",
  );
  const name = fc.constantFrom(
    "upload-offset",
    "upload-complete",
    "upload-length",
    "upload-draft-interop-version",
    "azukeru-modified-at-ns",
    "repr-digest",
    "content-digest",
    "if-match",
    "if-none-match",
    "if-range",
    "range",
    "accept",
    "content-type",
    "content-encoding",
    "content-range",
    "expect",
    "transfer-encoding",
    "authorization",
    "content-length",
    "connection",
    "upgrade",
  );
  const likely = fc.subarray([
    ["azukeru-modified-at-ns", "12"],
    ["repr-digest", "DIGEST"],
    ["upload-complete", "?1"],
    ["upload-offset", "0"],
    ["content-type", "application/partial-upload"],
  ] as [string, string][]);
  const headers = fc
    .tuple(likely, fc.array(fc.tuple(name, value), { maxLength: 4 }))
    .map((lists) => lists.flat());
  const request = fc.record({
    method: methods,
    target,
    headers,
    body,
    withSession: fc.boolean(),
    withLength: fc.boolean(),
  });

  const world = await makeWorld();
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      async (requests, at) => {
        const bytes = requests.map(
          ({ method, target: to, headers: fields, body: content, withSession, withLength }) => {
            const lines = [
              `${method} ${to.replace("UPLOAD", world.uploadUrl)} HTTP/1.1`,
              "Host: x",
              ...(withSession ? [`Authorization: Bearer ${world.token}`] : []),
              ...(withLength ? [`Content-Length: ${content.length}`] : []),
              ...fields.map(
                ([field, text]) => `${field}: ${text === "DIGEST" ? digestOf(content) : text}`,
              ),
            ];
            return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), content]);
          },
        );
        await assertSound(world, cut(Buffer.concat(bytes), at), requests.length);
      },
    ),
    { numRuns: 1500 },
  );
}, 120_000);

it("answers a head that is too large with 431, and no host with 400, as problems", async () => {
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
