import { afterEach, describe, expect, test } from "vitest";
import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import {
  FOREIGN_ANSWERS,
  type ForeignAnswer,
  type ForeignAnswerName,
} from "../../../sim-server/faults/foreign-answers.ts";
import { sha256Hex } from "../../core/sha256.ts";
import type { Service, ServiceError, SmallFile } from "../../ports/service.ts";
import { FakeClock } from "../../testing/fake-clock.ts";
import {
  jsonAnswer,
  problemAnswer,
  scriptedServer,
  type ScriptedAnswer,
  type ScriptedServer,
} from "../../testing/tiny-server.ts";
import { NodeDialer } from "../node-dialer.ts";
import { HttpConnection } from "./http-connection.ts";
import { HttpService } from "./http-service.ts";

const PATH = ["領域", "a b?.txt"];
const PATH_TEXT = "領域/a b?.txt";
const CONTENT = Buffer.from("content");
const SHA256 = sha256Hex(CONTENT);
const FILE: SmallFile = {
  kind: "file",
  path: PATH,
  modifiedAtNs: 1_000n,
  mode: 0o640,
  sha256: SHA256,
  content: CONTENT,
};
const UPLOAD = { sizeBytes: 7, modifiedAtNs: 0n, mode: undefined };
const FOLDER = { kind: "folder", path: ["領域", "d"] } as const;

const ENTRY = {
  kind: "file",
  id: "1",
  name: "a b?.txt",
  path: PATH_TEXT,
  sizeBytes: CONTENT.length,
  modifiedAtNs: "1000",
  mode: "0640",
  savedAt: "2026-11-21T03:00:00.000Z",
  writeOrder: 7,
  sha256: SHA256,
  etag: '"1"',
  generationCount: 1,
};

const FOLDER_ENTRY = {
  kind: "folder",
  id: "2",
  name: "d",
  path: "領域/d",
  modifiedAtNs: null,
  mode: null,
  createdAt: "2026-11-21T03:00:00.000Z",
  writeOrder: 8,
};

/** A session that is renewed as `token-2`, `token-3`, ... */
class FakeSession {
  number = 1;
  token(): string {
    return `token-${this.number}`;
  }
  async renew(): Promise<string> {
    this.number += 1;
    return this.token();
  }
}

const opened: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

/** The service over HTTP before a server that gives these answers. */
async function serviceOf(
  ...answers: readonly ScriptedAnswer[]
): Promise<{ service: HttpService; server: ScriptedServer; session: FakeSession }> {
  const server = await scriptedServer(answers);
  opened.push(server);
  const connection = new HttpConnection({
    serviceUrl: server.url,
    dialer: new NodeDialer(),
    clock: new FakeClock(),
    silenceMsMax: 60_000,
  });
  const session = new FakeSession();
  return { service: new HttpService(connection, session), server, session };
}

/** Every exchange there is, each with arguments that fit. */
const EXCHANGES: Readonly<
  Record<Exclude<keyof Service, "cut" | "within">, (service: Service) => Promise<unknown>>
> = {
  contract: (service) => service.contract(),
  placeTag: (service) => service.placeTag(PATH),
  createFolder: (service) => service.createFolder(PATH),
  file: (service) => service.file(PATH),
  putFile: (service) => service.putFile(FILE),
  putBatch: (service) => service.putBatch([FILE]),
  createUpload: (service) =>
    service.createUpload(PATH, { sizeBytes: 7, modifiedAtNs: 1_000n, mode: 0o640 }),
  uploadOffset: (service) => service.uploadOffset("/v1/uploads/1"),
  appendUpload: (service) => service.appendUpload("/v1/uploads/1", 0, CONTENT),
  completeUpload: (service) => service.completeUpload("/v1/uploads/1", 7, SHA256),
  cancelUpload: (service) => service.cancelUpload("/v1/uploads/1"),
  listPage: (service) => service.listPage(PATH),
  listGenerations: (service) => service.listGenerations(PATH),
  download: (service) =>
    service.download(
      { path: PATH },
      { begin: async () => undefined, write: async () => undefined },
    ),
  deleteFile: (service) => service.deleteFile(PATH),
  deleteEmptyFolder: (service) => service.deleteEmptyFolder(PATH),
};

/** Answers of something in between, with the way in which an exchange fails by them. */
const FOREIGN: Readonly<Record<ForeignAnswerName, ExchangeFailure | "no-json">> = {
  "not-found-page": "foreign",
  "not-found-text": "foreign",
  "not-found-json": "foreign",
  "gone-page": "foreign",
  "method-page": "foreign",
  "bad-gateway-page": "unavailable",
  "unknown-problem": "off-contract",
  "forbidden-page": "blocked",
  "forbidden-text": "blocked",
  "forbidden-json": "blocked",
  "too-large-page": "blocked",
  "sign-in-page": "blocked",
  "proxy-sign-in-page": "blocked",
  "portal-redirect": "foreign",
  "portal-redirect-kept": "foreign",
  "moved-page": "foreign",
  "portal-page": "foreign",
  "portal-needed": "foreign",
  "ok-text": "foreign",
  "other-json": "off-contract",
  "page-as-json": "no-json",
  "cut-json": "no-json",
  empty: "off-contract",
  "no-content": "off-contract",
};

function foreignAnswer(name: ForeignAnswerName): ScriptedAnswer {
  const { status, headers = {}, body }: ForeignAnswer = FOREIGN_ANSWERS[name];
  if (body === undefined) return { status, headers };
  return { status, headers: { ...headers, "content-type": body.mediaType }, body: body.text };
}

describe.each(Object.entries(EXCHANGES))("%s", (name, exchange) => {
  test("carries the session", async () => {
    const { service, server } = await serviceOf(problemAnswer("access-refused"));

    await exchange(service).catch(() => undefined);

    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1"]);
  });

  test("renews a session that is over three times, and asks again with each new one", async () => {
    const { service, server } = await serviceOf(problemAnswer("session-expired"));

    await expect(exchange(service)).rejects.toMatchObject({ name: "ServiceError" });

    const tokens = server.requests.map(({ headers }) => headers.authorization);
    expect(tokens).toEqual([
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-3",
      "Bearer token-4",
    ]);
  });

  test.each([500, 502, 503, 504, 408, 429])("takes HTTP %i for 'not now'", async (status) => {
    const headers = { "retry-after": "7" };
    const { service } = await serviceOf({ status, headers });

    await expect(exchange(service)).rejects.toMatchObject({
      failure: {
        kind: "communication",
        way: "unavailable",
        transient: true,
        retryAfterMs: 7_000,
      },
    });
  });

  test.each(Object.entries(FOREIGN))("believes nothing of %s (%s)", async (answer, way) => {
    const { service, server } = await serviceOf(foreignAnswer(answer as ForeignAnswerName));

    // Where no JSON is awaited, nobody looks whether it is any.
    const found = expect.stringMatching(way === "no-json" ? /^(corrupt|off-contract)$/ : way);
    await expect(exchange(service)).rejects.toMatchObject({
      failure: { kind: "communication", way: found, transient: way !== "blocked" },
    });
    // Nobody but the service is asked for another session.
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1"]);
  });

  test("does not try a refusal again", async () => {
    const { service } = await serviceOf(problemAnswer("access-refused"));

    // The answer to a HEAD does not say why it refuses.
    const kind = name === "uploadOffset" ? "communication" : "refused";
    await expect(exchange(service)).rejects.toMatchObject({ failure: { kind } });
  });

  test.each([
    [418, "blocked"],
    [299, "off-contract"],
    [302, "foreign"],
  ])("takes HTTP %i without a body for %s", async (status, way) => {
    const { service } = await serviceOf({ status });

    await expect(exchange(service)).rejects.toMatchObject({ failure: { way } });
  });
});

test("a lack of capacity (507) is a refusal, never tried again", async () => {
  const { service } = await serviceOf(problemAnswer("insufficient-capacity"));

  await expect(service.putFile(FILE)).rejects.toMatchObject({
    failure: {
      kind: "refused",
      problem: { code: "insufficient-capacity", detail: "said insufficient-capacity" },
    },
  });
});

test.each([
  ["negative number", "-5"],
  ["fraction", "1.5"],
  ["number of another kind", "0x10"],
  ["text", "soon"],
  ["nothing", ""],
  ["date without a day", "Sat, 00 Nov 2026 03:00:00 GMT"],
])("a Retry-After that is a %s is passed over", async (_, value) => {
  const { service } = await serviceOf({ status: 503, headers: { "retry-after": value } });

  await expect(service.contract()).rejects.toMatchObject({ failure: { retryAfterMs: null } });
});

describe("a Retry-After that is a moment", () => {
  const at = "Sat, 21 Nov 2026 03:00:00 GMT";

  test.each([
    ["counts from the answer's own Date", at, "Sat, 21 Nov 2026 02:59:45 GMT", 15_000],
    ["that is over asks for no wait", at, "Sat, 21 Nov 2026 03:00:01 GMT", 0],
    ["far away is bounded", "Sat, 21 Nov 2054 03:00:00 GMT", at, 86_400_000],
    ["in the form of RFC 850", "Saturday, 21-Nov-26 03:00:15 GMT", at, 15_000],
    ["in the form of asctime", "Sat Nov 21 03:00:15 2026", at, 15_000],
  ])("%s", async (_, value, date, waitMs) => {
    const { service } = await serviceOf({ status: 503, headers: { "retry-after": value, date } });

    await expect(service.contract()).rejects.toMatchObject({ failure: { retryAfterMs: waitMs } });
  });

  test("counts from the PC's clock where the answer has no Date", async () => {
    const nowMs = new FakeClock().nowMs();
    const value = new Date(nowMs + 20_000).toUTCString();
    const { service } = await serviceOf({
      status: 429,
      headers: { "retry-after": value, date: "" },
    });

    const error: unknown = await service.contract().catch((caught: unknown) => caught);
    const { failure } = error as ServiceError;
    const waitMs = failure.kind === "communication" ? failure.retryAfterMs : null;
    expect(waitMs).toBe(Math.floor((nowMs + 20_000) / 1000) * 1000 - nowMs);
  });

  test("or a number is bounded, however large", async () => {
    const { service } = await serviceOf({
      status: 503,
      headers: { "retry-after": "9".repeat(400) },
    });

    await expect(service.contract()).rejects.toMatchObject({
      failure: { retryAfterMs: 86_400_000 },
    });
  });
});

describe("an answer in JSON", () => {
  test.each([
    ["is cut short", "application/json", '{"kind": "fi', "corrupt"],
    ["lacks a member", "application/json", "{}", "off-contract"],
    [
      "has a member too many",
      "application/json",
      JSON.stringify({ ...ENTRY, more: 1 }),
      "off-contract",
    ],
    ["is called something else", "text/plain", JSON.stringify(ENTRY), "foreign"],
    ["is a page", "text/html", "<h1>Welcome</h1>", "foreign"],
  ])("that %s acknowledges nothing", async (_, type, body, way) => {
    const { service } = await serviceOf({ status: 201, headers: { "content-type": type }, body });

    await expect(service.putFile(FILE)).rejects.toMatchObject({ failure: { way } });
  });
});

test("one entry outside the contract does not spoil the page of a listing", async () => {
  const entries = [ENTRY, { ...ENTRY, kind: "symlink", path: "領域/link" }, "no entry at all"];
  const { service } = await serviceOf(jsonAnswer(200, { entries, nextPageToken: null }));

  expect(await service.listPage(PATH)).toEqual({
    entries: [ENTRY, { kind: "unknown", path: "領域/link" }, { kind: "unknown", path: "" }],
    nextPageToken: null,
  });
});

describe("a file that is looked for", () => {
  test("is described by its newest generation", async () => {
    const { sizeBytes, modifiedAtNs, mode, savedAt, sha256, etag } = ENTRY;
    const newest = { generation: 2, sizeBytes, modifiedAtNs, mode, savedAt, sha256, etag };
    const generations = [newest, { ...newest, generation: 1, sha256: "00".repeat(32) }];
    const { service, server } = await serviceOf(jsonAnswer(200, { generations }));

    expect(await service.file(PATH)).toMatchObject({ sizeBytes, modifiedAtNs, sha256 });
    const url = "/v1/generations/%E9%A0%98%E5%9F%9F/a%20b%3F.txt";
    expect(server.requests).toMatchObject([{ method: "GET", url }]);
  });

  test("is absent when the service itself says 404, in a body or under its mark", async () => {
    const { service } = await serviceOf(problemAnswer("not-found"));

    expect(await service.file(PATH)).toBeUndefined();
    expect(await service.placeTag(PATH)).toBeUndefined();
    expect(await service.uploadOffset("/v1/uploads/1")).toBeUndefined();
  });
});

describe("a file that is sent", () => {
  test("goes whole, with digest and time, and is acknowledged", async () => {
    const { service, server } = await serviceOf(jsonAnswer(201, ENTRY));

    expect(await service.putFile(FILE)).toMatchObject({ sha256: SHA256 });

    expect(server.requests).toMatchObject([
      {
        method: "PUT",
        url: "/v1/files/%E9%A0%98%E5%9F%9F/a%20b%3F.txt",
        body: CONTENT,
        headers: {
          "content-length": "7",
          "repr-digest": `sha-256=:${Buffer.from(SHA256, "hex").toString("base64")}:`,
          "azukeru-modified-at-ns": "1000",
          "azukeru-mode": "0640",
        },
      },
    ]);
  });

  test.each([
    ["another digest", { sha256: "00".repeat(32) }],
    ["another path", { path: "領域/b" }],
  ])("is not taken for sent when %s is acknowledged (D8)", async (_, changes) => {
    const answer = { ...ENTRY, ...changes };
    const single = await serviceOf(jsonAnswer(201, answer));
    const batch = await serviceOf(
      jsonAnswer(200, { results: [{ outcome: "committed", entry: answer }] }),
    );

    const damaged = { failure: { way: "corrupt", transient: true } };
    await expect(single.service.putFile(FILE)).rejects.toMatchObject(damaged);
    await expect(batch.service.putBatch([FILE])).rejects.toMatchObject(damaged);
  });

  test("that arrived damaged is a failure of the line, not of the file", async () => {
    const { service } = await serviceOf(problemAnswer("digest-mismatch"));

    const damaged = { failure: { kind: "communication", way: "corrupt", transient: true } };
    await expect(service.putFile(FILE)).rejects.toMatchObject(damaged);
    await expect(service.putBatch([FILE])).rejects.toMatchObject(damaged);
    await expect(service.appendUpload("/v1/uploads/1", 0, CONTENT)).rejects.toMatchObject(damaged);
  });
});

describe("a batch", () => {
  const committed = { outcome: "committed", entry: ENTRY } as const;

  test("goes as one line of JSON a part, then its bytes, with a digest of it all", async () => {
    const results = [committed, { outcome: "committed", entry: FOLDER_ENTRY }];
    const { service, server } = await serviceOf(jsonAnswer(200, { results }));

    const outcome = await service.putBatch([FILE, FOLDER]);

    expect(outcome).toEqual([
      { outcome: "committed", file: expect.objectContaining({ sha256: SHA256 }) },
      { outcome: "committed", file: null },
    ]);
    const line = {
      kind: "file",
      path: PATH_TEXT,
      sizeBytes: 7,
      modifiedAtNs: "1000",
      mode: "0640",
      sha256: SHA256,
    };
    const body = `${JSON.stringify(line)}\ncontent${JSON.stringify({ kind: "folder", path: "領域/d" })}\n`;
    const digest = Buffer.from(sha256Hex(Buffer.from(body)), "hex").toString("base64");
    expect(server.requests[0]?.body.toString()).toBe(body);
    expect(server.requests[0]?.headers["content-digest"]).toBe(`sha-256=:${digest}:`);
  });

  test("passes the refusal of a part on as its own result", async () => {
    const problem = JSON.parse(problemAnswer("forbidden-name").body ?? "");
    const results = [{ outcome: "refused", problem }, committed];
    const { service } = await serviceOf(jsonAnswer(200, { results }));

    expect(await service.putBatch([FILE, FILE])).toMatchObject(
      results.map(({ outcome }) => ({ outcome })),
    );
  });

  test.each([
    ["leaves parts out", []],
    ["has parts too many", [committed, committed]],
    ["calls a file a folder", [{ outcome: "committed", entry: FOLDER_ENTRY }]],
  ])("whose answer %s acknowledges nothing", async (_, results) => {
    const { service } = await serviceOf(jsonAnswer(200, { results }));

    await expect(service.putBatch([FILE])).rejects.toMatchObject({
      failure: { way: "off-contract" },
    });
  });
});

describe("an upload", () => {
  test("is created with its size and without content, and named by its path alone", async () => {
    const headers = {
      location: "https://other.example/v1/uploads/9?k=1",
      "upload-limit": "max-append-size=1024, max-age=60",
    };
    const { service, server } = await serviceOf({ status: 201, headers });

    const upload = await service.createUpload(PATH, {
      sizeBytes: 7,
      modifiedAtNs: -5n,
      mode: 0o600,
    });

    expect(upload).toEqual({ url: "/v1/uploads/9?k=1", appendBytesMax: 1_024 });
    const [request] = server.requests;
    const query = new URL(request?.url ?? "", "http://x").searchParams;
    expect(Object.fromEntries(query)).toEqual({
      path: PATH_TEXT,
      modifiedAtNs: "-5",
      mode: "0600",
    });
    expect(request?.headers).toMatchObject({
      "upload-complete": "?0",
      "upload-length": "7",
      "content-length": "0",
    });
  });

  test.each([undefined, "", "max-size=5", "max-append-size=0", "max-append-size=x", "=="])(
    "has our own limit for an append where the service names none (%j)",
    async (limit) => {
      const headers = {
        location: "/v1/uploads/9",
        ...(limit === undefined ? {} : { "upload-limit": limit }),
      };
      const { service } = await serviceOf({ status: 201, headers });

      expect(await service.createUpload(PATH, UPLOAD)).toMatchObject({
        appendBytesMax: 67_108_864,
      });
    },
  );

  test.each([
    ["no place", {}],
    ["a place that is none", { location: "http://[" }],
  ])("that is answered with %s is not known", async (_, headers) => {
    const { service } = await serviceOf({ status: 201, headers });

    await expect(service.createUpload(PATH, UPLOAD)).rejects.toMatchObject({
      failure: { way: "off-contract" },
    });
  });

  test("is brought forward by bytes with their offset and digest", async () => {
    const { service, server } = await serviceOf({
      status: 204,
      headers: { "upload-offset": "12" },
    });

    expect(await service.appendUpload("/v1/uploads/9", 5, CONTENT)).toBe(12);

    expect(server.requests).toMatchObject([
      {
        method: "PATCH",
        url: "/v1/uploads/9",
        body: CONTENT,
        headers: {
          "content-type": "application/partial-upload",
          "upload-offset": "5",
          "upload-complete": "?0",
          "content-digest": `sha-256=:${Buffer.from(SHA256, "hex").toString("base64")}:`,
        },
      },
    ]);
  });

  test.each([undefined, "", "-1", "1e3", "many", "1".repeat(16)])(
    "does not stand anywhere that the service does not say (%j)",
    async (offset) => {
      const headers = offset === undefined ? {} : { "upload-offset": offset };
      const { service } = await serviceOf({ status: 204, headers });

      await expect(service.uploadOffset("/v1/uploads/9")).rejects.toMatchObject({
        failure: { way: "off-contract" },
      });
    },
  );

  test("is committed by its digest, without bytes, and only as what was sent (D8)", async () => {
    const { service, server } = await serviceOf(jsonAnswer(201, ENTRY));

    await service.completeUpload("/v1/uploads/9", 7, SHA256);
    const other = { failure: { way: "corrupt" } };
    await expect(service.completeUpload("/v1/uploads/9", 8, SHA256)).rejects.toMatchObject(other);
    await expect(service.completeUpload("/v1/uploads/9", 7, "00".repeat(32))).rejects.toMatchObject(
      other,
    );

    expect(server.requests[0]?.headers).toMatchObject({
      "upload-complete": "?1",
      "upload-offset": "7",
      "content-length": "0",
    });
  });

  test.each<[string, ScriptedAnswer]>([
    ["done", { status: 204, headers: { "azukeru-request-id": "7" } }],
    ["not there", problemAnswer("not-found")],
  ])("that is given up is gone when the service says %s", async (_, answer) => {
    const { service } = await serviceOf(answer);

    await expect(service.cancelUpload("/v1/uploads/9")).resolves.toBeUndefined();
  });
});
