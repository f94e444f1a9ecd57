import { once } from "node:events";
import { request as httpRequest, type ClientRequest, type Server } from "node:http";
import { createConnection, type AddressInfo } from "node:net";

import { beforeEach, describe, expect, test } from "vitest";

import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  connect,
  digestOf,
  json,
  makeService,
  StorageClient,
  type Answer,
  type TestClock,
} from "./storage-client.ts";

/**
 * What a generic client may expect of draft-ietf-httpbis-resumable-upload (-12 to -15): the cases of
 * the public conformance suite, and what the draft says beyond them. No session, path or digest.
 */
let service: StorageService & { readonly clock: TestClock };
let client: StorageClient;

const MISMATCH = "https://iana.org/assignments/http-problem-types#mismatching-upload-offset";
const INCONSISTENT = "https://iana.org/assignments/http-problem-types#inconsistent-upload-length";
const COMPLETED = "https://iana.org/assignments/http-problem-types#completed-upload";

beforeEach(() => {
  service = makeService({ anonymousUploads: true });
  client = new StorageClient(service);
});

const create = (headers: Record<string, string>, body: string | Buffer = ""): Promise<Answer> =>
  client.call("createUpload", "POST", "/v1/uploads", { headers, body });

async function begin(length: string | null = "100"): Promise<string> {
  const answer = await create({
    "upload-complete": "?0",
    ...(length === null ? {} : { "upload-length": length }),
  });
  expect(answer.status).toBe(201);
  return answer.headers["location"] ?? "";
}

function append(
  url: string,
  offset: number | string,
  complete: "?0" | "?1",
  body: string | Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return client.call("appendUpload", "PATCH", url, {
    headers: {
      "content-type": "application/partial-upload",
      "upload-offset": String(offset),
      "upload-complete": complete,
      ...headers,
    },
    body,
  });
}

const head = (url: string, headers: Record<string, string> = {}): Promise<Answer> =>
  client.call("headUpload", "HEAD", url, { headers });

/** Begins an append and sends only the first bytes of its body. */
function openAppend(
  server: Server,
  url: string,
  offset: number,
  sent: string,
  length: number,
): ClientRequest {
  const request = httpRequest({
    method: "PATCH",
    path: url,
    headers: {
      "content-type": "application/partial-upload",
      "upload-offset": offset,
      "upload-complete": "?1",
      "content-length": length,
    },
    createConnection: () => connect(server),
  });
  request.on("error", () => {});
  request.write(sent);
  return request;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("state", () => {
  test("an offset that is no integer is as if it were not there: the append is refused", async () => {
    const url = await begin();
    expect((await append(url, "abc", "?0", "x")).status).toBe(400);
    expect((await append(url, "-1", "?0", "x")).status).toBe(400);
  });

  test("the offset never decreases, and after a refusal the upload goes on", async () => {
    const url = await begin();
    await append(url, 0, "?0", "A".repeat(32));
    const stale = await append(url, 5, "?0", "B".repeat(32));
    expect(stale.status).toBe(409);
    expect(stale.headers["upload-offset"]).toBe("32");
    expect((await head(url)).headers["upload-offset"]).toBe("32");
    expect((await append(url, 32, "?0", "C")).status).toBe(204);
  });

  test("an Upload-Complete that is no boolean is as if it were not there", async () => {
    expect(
      (await create({ "upload-complete": "true", "upload-length": "10" }, "Hello")).status,
    ).toBe(400);
    expect((await create({}, "Hello")).status).toBe(400);
  });

  test("a length that was not said is not told; it is known once the upload is complete", async () => {
    const url = await begin(null);
    expect((await head(url)).headers["upload-length"]).toBeUndefined();
    expect((await append(url, 0, "?1", "A".repeat(32))).headers["upload-complete"]).toBe("?1");
    expect((await head(url)).headers["upload-length"]).toBe("32");
  });
});

describe("creation", () => {
  test("with all bytes in one request completes at once", async () => {
    const answer = await create({ "upload-complete": "?1", "upload-length": "5" }, "Hello");
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ "upload-complete": "?1", "upload-offset": "5" });
    expect(answer.headers["repr-digest"]).toBe(digestOf("Hello"));
    expect((await create({ "upload-complete": "?1" }, "Hello")).status).toBe(201);
    expect((await create({ "upload-complete": "?1", "upload-length": "0" })).status).toBe(201);
  });

  test("with some bytes tells where it is, its limits and its offset", async () => {
    const answer = await create(
      { "upload-complete": "?0", "upload-length": "100" },
      "X".repeat(32),
    );
    expect(answer.headers["location"]).toMatch(/^\/v1\/uploads\/[0-9a-f]{32}$/);
    expect(answer.headers["upload-limit"]).toMatch(
      /^max-size=\d+, max-append-size=\d+, max-age=\d+$/,
    );
    expect(answer.headers).toMatchObject({ "upload-complete": "?0", "upload-offset": "32" });
  });

  test("takes Content-Disposition and no content", async () => {
    const headers = { "upload-complete": "?0", "content-disposition": 'inline; filename="a.txt"' };
    expect((await create(headers, "X")).status).toBe(201);
    expect((await create(headers)).headers["upload-offset"]).toBe("0");
  });

  test("with two different lengths is refused", async () => {
    const answer = await create({ "upload-complete": "?1", "upload-length": "100" }, "12345");
    expect(answer.status).toBe(400);
    expect(json(answer).type).toBe(INCONSISTENT);
    expect(answer.headers["upload-complete"]).toBe("?0");
  });

  test("announces the upload by 104, with the final Location, to clients of this draft only", async () => {
    const headers = { "upload-complete": "?0", "upload-draft-interop-version": "8" };
    const { interim, headers: final } = await create(headers);
    expect(interim.map(({ status }) => status)).toEqual([104]);
    expect(interim[0]?.headers["location"]).toBe(final["location"]);
    expect(interim[0]?.headers["upload-limit"]).toMatch(/max-size/);
    expect((await create({ "upload-complete": "?0" })).interim).toEqual([]);
    expect((await create({ ...headers, "upload-draft-interop-version": "6" })).interim).toEqual([]);
  });
});

describe("offset retrieval", () => {
  test("tells offset, completeness, length and limits, by HEAD and by GET, uncached", async () => {
    const url = await begin();
    for (const answer of [await head(url), await client.call("getUpload", "GET", url)]) {
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject({
        "upload-offset": "0",
        "upload-complete": "?0",
        "upload-length": "100",
        "cache-control": "no-store",
      });
      expect(answer.headers["upload-limit"]).toMatch(/max-age=259200/);
    }
  });

  test("is refused with fields that only appends carry", async () => {
    const url = await begin();
    expect((await head(url, { "upload-offset": "10" })).status).toBe(400);
    expect((await head(url, { "upload-complete": "?0" })).status).toBe(400);
  });

  test("goes on after completion", async () => {
    const { headers } = await create({ "upload-complete": "?1" }, "Completed Data");
    const answer = await head(headers["location"] ?? "");
    expect(answer.headers).toMatchObject({ "upload-complete": "?1", "upload-offset": "14" });
    expect(answer.headers["repr-digest"]).toBe(digestOf("Completed Data"));
  });
});

describe("an append", () => {
  test("is acknowledged with the new offset, and completes with ?1", async () => {
    const url = await begin();
    const first = await append(url, 0, "?0", "A".repeat(32));
    expect(first.status).toBe(204);
    expect(first.headers).toMatchObject({ "upload-offset": "32", "upload-complete": "?0" });
    const last = await append(url, 32, "?1", "B".repeat(68));
    expect(last.headers).toMatchObject({ "upload-offset": "100", "upload-complete": "?1" });
    expect(last.headers["repr-digest"]).toBe(digestOf("A".repeat(32) + "B".repeat(68)));
  });

  test("needs its offset, its completeness and its media type", async () => {
    const url = await begin();
    const patch = (headers: Record<string, string>): Promise<Answer> =>
      client.call("appendUpload", "PATCH", url, { headers, body: "A" });
    const type = { "content-type": "application/partial-upload" };
    expect((await patch({ ...type, "upload-complete": "?0" })).status).toBe(400);
    expect((await patch({ ...type, "upload-offset": "0" })).status).toBe(400);
    const plain = { "content-type": "text/plain", "upload-offset": "0", "upload-complete": "?0" };
    expect((await patch(plain)).status).toBe(415);
    expect((await head(url)).headers["upload-offset"]).toBe("0");
  });

  test("may be empty", async () => {
    const url = await begin("1");
    expect((await append(url, 0, "?0", "")).status).toBe(204);
    expect((await append(url, 0, "?0", "x")).status).toBe(204);
    expect((await append(url, 1, "?1", "")).status).toBe(200);
  });

  test("beyond the announced length is refused, and the upload is void", async () => {
    const url = await begin("50");
    const answer = await append(url, 0, "?0", "B".repeat(100));
    expect(answer.status).toBe(400);
    expect(answer.headers["upload-complete"]).toBe("?0");
    expect((await head(url)).status).toBe(404);

    const exact = await begin("50");
    expect((await append(exact, 0, "?0", "B".repeat(50))).status).toBe(204);
    expect((await append(exact, 50, "?0", "B")).status).toBe(400);
    expect((await head(exact)).status).toBe(404);
  });

  test("cannot change the length, nor end before it", async () => {
    const url = await begin("100");
    const changed = await append(url, 0, "?0", "A", { "upload-length": "50" });
    expect(json(changed).type).toBe(INCONSISTENT);
    expect(changed.headers["upload-complete"]).toBe("?0");
    const early = await append(url, 0, "?1", "A");
    expect(json(early).type).toBe(INCONSISTENT);
    expect((await head(url)).headers).toMatchObject({
      "upload-offset": "0",
      "upload-complete": "?0",
    });
  });

  test("at another offset is refused with the right one", async () => {
    const url = await begin();
    const answer = await append(url, 99, "?0", "A");
    expect(answer.status).toBe(409);
    expect(answer.headers).toMatchObject({ "upload-offset": "0", "upload-complete": "?0" });
    expect(json(answer)).toMatchObject({
      type: MISMATCH,
      "expected-offset": 0,
      "provided-offset": 99,
    });
  });

  test("to a complete upload is refused and changes nothing", async () => {
    const url = await begin("10");
    await append(url, 0, "?1", "A".repeat(10));
    const empty = await append(url, 10, "?1", "");
    expect(json(empty).type).toBe(COMPLETED);
    expect(empty.headers["upload-complete"]).toBe("?1");
    expect(json(await append(url, 10, "?1", "A")).type).toBe(INCONSISTENT);
    expect((await head(url)).headers["upload-offset"]).toBe("10");
  });

  test("whose Content-Digest does not match is dropped whole", async () => {
    const url = await begin();
    const bad = await append(url, 0, "?0", "AAAA", { "content-digest": digestOf("BBBB") });
    expect(json(bad).code).toBe("digest-mismatch");
    expect((await head(url)).headers["upload-offset"]).toBe("0");
    const good = await append(url, 0, "?0", "AAAA", { "content-digest": digestOf("AAAA") });
    expect(good.headers["upload-offset"]).toBe("4");
  });

  test("tells its progress by 104 without Location", async () => {
    const url = await begin(String(20 * 2 ** 20));
    const version = { "upload-draft-interop-version": "8" };
    const { interim } = await append(url, 0, "?1", Buffer.alloc(20 * 2 ** 20), version);
    expect(interim.length).toBeGreaterThan(0);
    for (const { status, headers } of interim) {
      expect(status).toBe(104);
      expect(headers["location"]).toBeUndefined();
      expect(Number(headers["upload-offset"])).toBeGreaterThan(8 * 2 ** 20 - 1);
    }
  });
});

describe("a digest", () => {
  test("of the whole is checked at the end, and the upload is gone when it is wrong", async () => {
    const { headers } = await create({ "upload-complete": "?0", "repr-digest": digestOf("good") });
    const url = headers["location"] ?? "";
    const answer = await append(url, 0, "?1", "evil");
    expect(json(answer).code).toBe("digest-mismatch");
    expect(answer.headers["upload-complete"]).toBe("?1");
    expect((await head(url)).status).toBe(404);
  });

  test("of a creation is checked", async () => {
    const complete = { "upload-complete": "?1", "upload-length": "4" };
    const good = await create({ ...complete, "content-digest": digestOf("good") }, "good");
    expect(good.status).toBe(201);
    expect((await create({ ...complete, "content-digest": digestOf("good") }, "evil")).status).toBe(
      400,
    );
  });
});

describe("cancellation", () => {
  test("makes the upload unknown, complete or not", async () => {
    const url = await begin();
    const done = (await create({ "upload-complete": "?1" }, "x")).headers["location"] ?? "";
    for (const each of [url, done]) {
      expect((await client.call("cancelUpload", "DELETE", each)).status).toBe(204);
      expect((await head(each)).status).toBe(404);
      expect((await append(each, 0, "?0", "A")).status).toBe(404);
      expect((await client.call("cancelUpload", "DELETE", each)).status).toBe(404);
    }
  });

  test("comes by itself when nobody appends for long enough", async () => {
    const url = await begin();
    service.clock.ms += 71 * 3_600_000;
    expect((await head(url)).headers["upload-limit"]).toMatch(/max-age=3600$/);
    await append(url, 0, "?0", "x");
    service.clock.ms += 71 * 3_600_000;
    expect((await head(url)).status).toBe(204);
    service.clock.ms += 3_600_000;
    expect((await head(url)).status).toBe(404);
  });
});

describe("limits", () => {
  beforeEach(() => {
    const uploadLimits = { sizeBytesMax: 1024, appendBytesMax: 512, appendBytesMin: 4 };
    service = makeService({ anonymousUploads: true, uploadLimits });
    client = new StorageClient(service);
  });

  test("are told to OPTIONS, with the media type of an append", async () => {
    for (const headers of [{}, { "upload-complete": "?1" }]) {
      const answer = await client.call("uploadOptions", "OPTIONS", "/v1/uploads", { headers });
      expect(answer.status).toBe(204);
      expect(answer.headers["accept-patch"]).toBe("application/partial-upload");
      expect(answer.headers["upload-limit"]).toBe(
        "max-size=1024, max-append-size=512, min-append-size=4, max-age=259200",
      );
    }
  });

  test("of the whole refuse a creation, and void an upload that grows beyond them", async () => {
    const refused = await create({ "upload-complete": "?1", "upload-length": "1025" }, "x");
    expect([400, 413]).toContain(refused.status);
    const known = await create({ "upload-complete": "?0", "upload-length": "1025" });
    expect(known.status).toBe(413);
    expect(known.headers["upload-limit"]).toMatch(/max-size=1024/);
    const url = await begin(null);
    await append(url, 0, "?0", "x".repeat(512));
    await append(url, 512, "?0", "x".repeat(512));
    const over = await append(url, 1024, "?0", "x".repeat(4));
    expect(over.status).toBe(413);
    expect(over.headers["upload-limit"]).toMatch(/max-size=1024/);
    expect((await head(url)).status).toBe(404);
  });

  test("of an append refuse more, and less unless it is the last", async () => {
    const url = await begin(null);
    const more = await append(url, 0, "?0", "x".repeat(513));
    expect(more.status).toBe(413);
    expect(more.headers["upload-limit"]).toMatch(/max-append-size=512/);
    const less = await append(url, 0, "?0", "xxx");
    expect(less.status).toBe(400);
    expect(less.headers["upload-limit"]).toMatch(/min-append-size=4/);
    expect((await append(url, 0, "?0", "")).status).toBe(400);
    expect((await append(url, 0, "?1", "x")).status).toBe(200);
  });

  test("refuse at once, and are heard by a client that sends all before it reads", async () => {
    const server = service.createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = await begin(null);
    const socket = createConnection((server.address() as AddressInfo).port, "127.0.0.1");
    const length = 32 * 2 ** 20;
    socket.write(
      `PATCH ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n` +
        "Content-Type: application/partial-upload\r\nUpload-Offset: 0\r\nUpload-Complete: ?0\r\n\r\n",
    );
    await new Promise((resolve) => socket.write(Buffer.alloc(length), resolve));
    let received = "";
    for await (const chunk of socket) received += String(chunk);
    expect(received).toMatch(/^HTTP\/1\.1 413 .*upload-limit/is);
    server.close();
  });

  test("hold for chunked bodies, whose size nobody announced", async () => {
    const url = await begin(null);
    const send = (body: string): Promise<Answer> =>
      append(url, 0, "?0", body, { "transfer-encoding": "chunked" });
    expect((await send("x".repeat(513))).status).toBe(413);
    expect((await send("xxx")).status).toBe(400);
    expect((await head(url)).headers["upload-offset"]).toBe("0");
  });
});

describe("concurrency and cut connections", () => {
  test("keeps what was received before a connection was cut", async () => {
    const server = service.createServer();
    const url = await begin("100");
    const request = openAppend(server, url, 0, "A".repeat(40), 100);
    await settled();
    request.destroy();
    await settled();
    expect((await head(url)).headers).toMatchObject({
      "upload-offset": "40",
      "upload-complete": "?0",
    });
    const last = await append(url, 40, "?1", "B".repeat(60));
    expect(last.headers["repr-digest"]).toBe(digestOf("A".repeat(40) + "B".repeat(60)));
  });

  test("ends an append when its offset is asked for, and tells an offset that stays", async () => {
    const server = service.createServer();
    const url = await begin("100");
    const request = openAppend(server, url, 0, "A".repeat(40), 100);
    const closed = new Promise((resolve) => request.on("close", resolve));
    await settled();
    expect((await head(url)).headers["upload-offset"]).toBe("40");
    request.write("A".repeat(10));
    await closed;
    expect((await head(url)).headers["upload-offset"]).toBe("40");
  });

  test("lets the later of two appends win", async () => {
    const server = service.createServer();
    const url = await begin("100");
    const request = openAppend(server, url, 0, "A".repeat(40), 100);
    const closed = new Promise((resolve) => request.on("close", resolve));
    await settled();
    expect((await append(url, 0, "?0", "B")).status).toBe(409);
    await closed;
    expect((await append(url, 40, "?1", "B".repeat(60))).status).toBe(200);
  });

  test("never lets two appends at one offset both succeed", async () => {
    const url = await begin("100");
    const both = await Promise.allSettled([
      append(url, 0, "?0", "A".repeat(32)),
      append(url, 0, "?0", "B".repeat(32)),
    ]);
    const successes = both.filter(
      (each) => each.status === "fulfilled" && each.value.status === 204,
    );
    expect(successes.length).toBe(1);
  });

  test("ends an append when its upload is cancelled", async () => {
    const server = service.createServer();
    const url = await begin("100");
    const request = openAppend(server, url, 0, "A".repeat(40), 100);
    const closed = new Promise((resolve) => request.on("close", resolve));
    await settled();
    expect((await client.call("cancelUpload", "DELETE", url)).status).toBe(204);
    await closed;
    expect((await head(url)).status).toBe(404);
  });
});
