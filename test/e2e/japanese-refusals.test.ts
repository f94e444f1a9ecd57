import { describe, expect, test } from "vitest";

import { isMessage } from "../../src/messages/message.ts";
import { renderMessage } from "../../src/messages/render-message.ts";
import {
  PROBLEM_CODES,
  PROBLEMS,
  problemSchema,
  type Problem,
  type ProblemCode,
} from "../../src/protocol/http/problem.ts";
import {
  BATCH_HEADERS,
  batchPart,
  DESTINATION,
  digestOf,
  fileUrl,
  folderUrl,
  inDestination,
} from "../contract/storage-client.ts";
import { formatServicePath } from "../../src/protocol/service-path.ts";
import { englishIn } from "./support/english-in.ts";
import {
  refusingService,
  type RefusingService,
  type Sent,
  type Told,
} from "./support/refusing-service.ts";

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Sees that a problem is Japanese, and made of what stands beside it. */
function expectJapanese(about: unknown, { title, detail, detailMessage }: Problem): void {
  expect([about, englishIn(title), englishIn(detail)]).toEqual([about, [], []]);
  expect([about, title]).toEqual([about, expect.stringMatching(JAPANESE)]);
  // What is Japanese may not be the params alone, which are names and paths.
  if (!isMessage(detailMessage)) throw new Error(`${JSON.stringify(about)}: made of no message`);
  expect([about, detail]).toEqual([about, renderMessage(detailMessage, "ja")]);
  const bare = renderMessage({ code: detailMessage.code, params: {} }, "ja");
  expect([about, detailMessage.code === "control.does-not-fit" ? detail : bare]).toEqual([
    about,
    expect.stringMatching(JAPANESE),
  ]);
}

/** The code of a refusal that is told in Japanese as it should be. */
function refusedInJapanese(about: unknown, { headers, text }: Told): ProblemCode {
  const parsed = problemSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${JSON.stringify(about)}: ${text}`);
  expectJapanese(about, parsed.data);
  expect([about, headers["content-language"]]).toEqual([about, "ja"]);
  return parsed.data.code;
}

type Provoked = readonly [code: ProblemCode, method: string, path: string, sent?: Sent];

const PATH = fileUrl(inDestination("new"));
const THERE = fileUrl(inDestination("there"));
const FOLDER = folderUrl(DESTINATION);
const put = (headers: Record<string, string> = {}, body = "x"): Sent => ({
  headers: { "azukeru-modified-at-ns": "1", "repr-digest": digestOf(body), ...headers },
  body,
});
const move = (from: readonly string[], to: readonly string[], kind = "folder"): Sent => ({
  body: { kind, from: formatServicePath(from), to: formatServicePath(to) },
});
const begin = (headers: Record<string, string>, body = ""): Sent => ({ headers, body });
const UPLOADS = `/v1/uploads?path=${encodeURIComponent(formatServicePath(inDestination("up")))}&modifiedAtNs=1`;
const batch = (body: string): Sent => ({ headers: BATCH_HEADERS, body });

/** Refused whatever came before. */
const REFUSED: readonly Provoked[] = [
  ["not-found", "GET", "/v1/nothing"],
  ["not-found", "GET", PATH],
  ["not-found", "GET", folderUrl(inDestination("none"))],
  ["not-found", "GET", `${THERE}?generation=7`],
  ["not-found", "HEAD", "/v1/nothing"],
  ["method-not-allowed", "POST", "/v1/contract"],
  ["invalid-request", "GET", `${FOLDER}?limit=0`],
  ["invalid-request", "GET", `${FOLDER}?limit=many`],
  ["invalid-request", "GET", `${FOLDER}?recursive=perhaps`],
  ["invalid-request", "GET", `${FOLDER}?unknown=1`],
  ["invalid-request", "GET", `${FOLDER}?limit=1&limit=1`],
  ["invalid-request", "GET", `${FOLDER}?pageToken=x`],
  ["invalid-request", "PUT", PATH, { headers: { "repr-digest": digestOf("x") }, body: "x" }],
  ["invalid-request", "PUT", PATH, put({ "repr-digest": "sha-256=?" })],
  ["invalid-request", "PUT", PATH, put({ "azukeru-mode": "rwx" })],
  ["invalid-request", "PUT", PATH, put({ "azukeru-if-place": "?" })],
  ["invalid-request", "PUT", PATH, put({ "if-match": "?" })],
  ["invalid-request", "PUT", PATH, put({ "content-range": "bytes 0-0/1" })],
  [
    "invalid-request",
    "POST",
    "/v1/moves",
    { headers: { "content-type": "application/json" }, body: "{" },
  ],
  ["invalid-request", "POST", "/v1/moves", { body: {} }],
  ["invalid-request", "POST", "/v1/moves", { body: [] }],
  ["invalid-request", "POST", UPLOADS, begin({})],
  ["invalid-request", "POST", "/v1/uploads", begin({ "upload-complete": "?0" })],
  ["invalid-request", "POST", "/v1/batch-uploads", batch("{}")],
  ["invalid-request", "POST", "/v1/batch-uploads", batch("{\n")],
  ["invalid-request", "POST", "/v1/batch-uploads", batch("{}\n")],
  [
    "invalid-request",
    "POST",
    "/v1/batch-uploads",
    batch(batchPart("a", "xy").toString().slice(0, -1)),
  ],
  [
    "content-too-large",
    "POST",
    "/v1/batch-uploads",
    batch('{"kind":"folder","path":"a"}\n'.repeat(257)),
  ],
  ["invalid-path", "GET", "/v1/files/"],
  ["invalid-path", "GET", "/v1/files/a//b"],
  ["invalid-path", "GET", "/v1/files/a/%2e%2e"],
  ["invalid-path", "GET", "/v1/files/a%2fb"],
  ["invalid-path", "GET", "/v1/files/a%00"],
  ["invalid-path", "GET", "/v1/files/%ff"],
  ["invalid-path", "GET", `/v1/files/${"a/".repeat(3000)}a`],
  ["invalid-path", "POST", "/v1/moves", move(DESTINATION, inDestination("below"))],
  ["forbidden-name", "PUT", fileUrl(inDestination("a:b")), put()],
  ["digest-required", "PUT", PATH, { headers: { "azukeru-modified-at-ns": "1" }, body: "x" }],
  ["digest-mismatch", "PUT", PATH, put({ "repr-digest": digestOf("y") })],
  ["access-refused", "PUT", "/v1/files/outside/a", put()],
  ["access-refused", "DELETE", folderUrl(DESTINATION.slice(0, 2))],
  ["not-acceptable", "GET", FOLDER, { headers: { accept: "text/html" } }],
  ["parent-missing", "PUT", fileUrl([...DESTINATION.slice(0, -1), "none", "a"]), put()],
  ["folder-not-empty", "DELETE", `${FOLDER}?onlyIfEmpty=true`],
  ["name-taken", "POST", "/v1/moves", move(inDestination("there"), inDestination("other"), "file")],
  ["precondition-failed", "PUT", THERE, put({ "if-match": '"none"' }, "y")],
  ["precondition-failed", "PUT", PATH, put({ "if-match": '"none"' })],
  ["precondition-failed", "GET", THERE, { headers: { "if-match": '"none"' } }],
  ["unsupported-media-type", "PUT", PATH, put({ "content-encoding": "gzip" })],
  [
    "unsupported-media-type",
    "POST",
    "/v1/moves",
    { headers: { "content-type": "text/plain" }, body: "x" },
  ],
  ["range-not-satisfiable", "GET", THERE, { headers: { range: "bytes=99-" } }],
  ["insufficient-capacity", "PUT", PATH, put({}, "x".repeat(1001))],
  ["content-too-large", "POST", "/v1/moves", { body: { from: "x".repeat(300_000) } }],
  [
    "content-too-large",
    "POST",
    UPLOADS,
    begin({ "upload-complete": "?0", "upload-length": "101" }),
  ],
  ["content-too-large", "POST", UPLOADS, begin({ "upload-complete": "?0" }, "x".repeat(101))],
  ["digest-required", "POST", UPLOADS, begin({ "upload-complete": "?1" }, "x")],
  [
    "inconsistent-upload-length",
    "POST",
    UPLOADS,
    begin({ "upload-complete": "?1", "upload-length": "9" }, "x"),
  ],
  [
    "inconsistent-upload-length",
    "POST",
    UPLOADS,
    begin({ "upload-complete": "?0", "upload-length": "1" }, "xxx"),
  ],
  ["not-found", "PATCH", "/v1/uploads/none", begin({})],
  ["not-implemented", "PUT", PATH, put({ "transfer-encoding": "gzip, chunked" })],
];

async function filled(language = "ja"): Promise<RefusingService> {
  const world = await refusingService(language);
  await world.logIn();
  await world.send("PUT", FOLDER);
  for (const name of ["there", "other"]) {
    await world.send("PUT", fileUrl(inDestination(name)), put());
  }
  return world;
}

/** The codes with which all are refused, each told in Japanese; the answer to HEAD has no body to tell in. */
async function refusals(
  { send }: RefusingService,
  all: readonly Provoked[],
): Promise<readonly ProblemCode[]> {
  const codes: ProblemCode[] = [];
  for (const [code, method, path, sent] of all) {
    const told = await send(method, path, sent);
    if (method !== "HEAD") codes.push(refusedInJapanese([code, method, path, sent?.headers], told));
    else if (told.headers["content-language"] === "ja") codes.push(code);
  }
  return codes;
}

describe("with Accept-Language: ja nothing of a refusal is English:", () => {
  test("what the service refuses a request for", async () => {
    const codes = await refusals(await filled(), REFUSED);
    expect(codes).toEqual(REFUSED.map(([code]) => code));
  });

  test("what it refuses a login, a session, an upload and a folder for", async () => {
    const world = await filled();
    const { service, send } = world;
    const wrong = { body: { loginId: "demo", password: "wrong", deviceName: "pc" } };
    const seen: ProblemCode[] = [];
    const refused = async (...given: Parameters<RefusingService["send"]>): Promise<void> => {
      seen.push(refusedInJapanese(given, await send(...given)));
    };

    const { headers } = await send("POST", UPLOADS, begin({ "upload-complete": "?0" }, "abc"));
    const upload = headers["location"] ?? "";
    const append = (fields: Record<string, string>, body: string): Promise<void> =>
      refused("PATCH", upload, {
        headers: {
          "content-type": "application/partial-upload",
          "upload-complete": "?0",
          ...fields,
        },
        body,
      });
    await append({}, "xx");
    await append({ "upload-offset": "1" }, "xx");
    await append({ "upload-offset": "3" }, "x");
    await append({ "upload-offset": "3" }, "x".repeat(21));
    await refused("GET", upload, { headers: { "upload-complete": "?0" } });
    const last = {
      "content-type": "application/partial-upload",
      "upload-offset": "3",
      "upload-complete": "?1",
      "repr-digest": digestOf("abcde"),
    };
    await send("PATCH", upload, { headers: last, body: "de" });
    await append({ "upload-offset": "5" }, "");
    await append({ "upload-offset": "5" }, "xx");

    const place = (await send("GET", FOLDER)).headers["azukeru-place"] ?? "";
    const older = service.snapshot();
    await send("PUT", PATH, put());
    const newer = (await send("GET", FOLDER)).headers["azukeru-place"] ?? "";
    service.restore(older);
    await world.logIn();
    await refused("PUT", PATH, put({ "azukeru-if-place": newer }));
    await send("DELETE", FOLDER);
    await send("PUT", FOLDER);
    await refused("PUT", PATH, put({ "azukeru-if-place": place }));

    for (let time = 0; time < 3; time += 1) await refused("POST", "/v1/sessions", wrong);
    await refused("POST", "/v1/sessions", wrong);
    const captcha = { challengeId: "none", answer: "none" };
    await refused("POST", "/v1/sessions", { body: { ...wrong.body, captcha } });
    service.clock.ms += 30 * 24 * 3_600_000;
    await refused("GET", FOLDER);
    await refused("GET", FOLDER, { headers: { authorization: "Bearer none" } });

    expect(seen).toEqual([
      "invalid-request",
      "upload-offset-mismatch",
      "invalid-request",
      "content-too-large",
      "invalid-request",
      "upload-completed",
      "inconsistent-upload-length",
      "state-changed",
      "folder-changed",
      "invalid-credentials",
      "invalid-credentials",
      "invalid-credentials",
      "captcha-required",
      "captcha-wrong",
      "session-expired",
      "session-required",
    ]);
  });

  test("what is no request the service reads", async () => {
    const world = await filled();
    const language = "Accept-Language: ja\r\n";
    for (const [text, code] of [
      [`GET /v1/contract HTTP/1.1\r\n${language}Connection: close\r\n\r\n`, "invalid-request"],
      [`GET / HTTP/1.1\r\n${language}no field\r\n\r\n`, "invalid-request"],
      [`GET / HTTP/1.1\r\nX: ${"x".repeat(70_000)}\r\n${language}\r\n`, "request-header-too-large"],
      [`CONNECT x:1 HTTP/1.1\r\nHost: x\r\n${language}\r\n`, "method-not-allowed"],
    ] as const) {
      const about = text.slice(0, 60);
      expect([about, refusedInJapanese(about, await world.sendRaw(text))]).toEqual([about, code]);
    }
  });

  test("the parts of a batch", async () => {
    const { service, send } = await filled();
    const at = (name: string): string => formatServicePath(inDestination(name));
    const planned = at("planned");
    service.faults.add({ kind: "status", scope: "part", status: 507, path: planned });
    service.faults.add({ kind: "status", scope: "part", status: 418, path: `${planned}2` });
    const parts = [
      batchPart(at("a:b"), "x"),
      batchPart("a//b", "x"),
      batchPart(at("wrong"), "x", { sha256: "0".repeat(64) }),
      batchPart(at("big"), "x".repeat(1001)),
      batchPart(planned, "x"),
      batchPart(`${planned}2`, "x"),
    ];
    const body = Buffer.concat(parts).toString();

    const { text, headers } = await send("POST", "/v1/batch-uploads", batch(body));

    const { results } = JSON.parse(text) as { results: { problem: Problem }[] };
    for (const { problem } of results) expectJapanese(problem.code, problem);
    expect(results.map(({ problem: { code } }) => code)).toEqual([
      "forbidden-name",
      "invalid-path",
      "digest-mismatch",
      "insufficient-capacity",
      "insufficient-capacity",
      "service-unavailable",
    ]);
    expect(headers["content-language"]).toBe("ja");
  });

  test("planned faults, of every code", async () => {
    const { service, send } = await filled();
    for (const code of PROBLEM_CODES) {
      service.faults.add({ kind: "status", status: PROBLEMS[code].status, code });
      expect(refusedInJapanese(code, await send("GET", FOLDER))).toBe(code);
    }
  });

  test("what the control interface refuses", async () => {
    const world = await filled();
    const snapshot = world.service.snapshot();
    const twice = { ...snapshot, contracts: [...snapshot.contracts, ...snapshot.contracts] };
    const json = { "content-type": "application/json" };
    const lines = { "content-type": "application/x-ndjson" };
    const account = { loginId: "demo", password: "x" };
    const seed = (body: object): Provoked => ["invalid-request", "POST", "/_sim/seed", { body }];
    const provoked: readonly Provoked[] = [
      ["not-found", "GET", "/_sim/nothing"],
      ["not-found", "DELETE", "/_sim/faults/none"],
      ["not-found", "DELETE", "/_sim/smtp-faults/none"],
      ["not-found", "GET", "/_sim/mails/none"],
      ["not-found", "GET", "/_sim/snapshots"],
      ["invalid-request", "GET", "/_sim/mails/%ff"],
      ["invalid-request", "GET", "/_sim/mails?count=2"],
      ["invalid-request", "GET", "/_sim/mails?wait=x"],
      ["invalid-request", "GET", "/_sim/requests?status=x"],
      ["invalid-request", "GET", "/_sim/requests?path=" + "*".repeat(100)],
      ["invalid-request", "POST", "/_sim/faults", { headers: json, body: "{" }],
      ["invalid-request", "POST", "/_sim/faults", { body: { kind: "statos" } }],
      [
        "invalid-request",
        "POST",
        "/_sim/faults",
        { body: [{ kind: "status" }, { kind: "reset", nht: 1 }] },
      ],
      [
        "invalid-request",
        "POST",
        "/_sim/faults",
        { headers: { ...json, "content-encoding": "x" }, body: "{}" },
      ],
      [
        "invalid-request",
        "POST",
        "/_sim/faults",
        { headers: { "content-type": "application/json; charset=x" }, body: "{}" },
      ],
      [
        "content-too-large",
        "POST",
        "/_sim/faults",
        { body: Array.from({ length: 1001 }, () => ({ kind: "reset" })) },
      ],
      ["content-too-large", "POST", "/_sim/seed", { body: { a: "x".repeat(5 * 2 ** 20) } }],
      ["invalid-request", "POST", "/_sim/smtp-faults", { body: { stage: "rctp" } }],
      seed({ accounts: [account] }),
      seed({ accounts: [{ ...account, loginId: "b", edition: "none" }] }),
      seed({ accounts: [{ ...account, loginId: "b", contractId: "demo", quotaBytes: 1 }] }),
      seed({ trees: { nobody: { [formatServicePath(DESTINATION)]: null } } }),
      seed({ trees: { nobody: { "a//b": "x" } } }),
      ["access-refused", "POST", "/_sim/seed", { body: { trees: { demo: { "outside/a": "x" } } } }],
      ["invalid-request", "PUT", "/_sim/snapshot", { body: {} }],
      ["invalid-request", "PUT", "/_sim/snapshot", { body: twice }],
      ["invalid-request", "PUT", "/_sim/snapshot", { headers: lines, body: "no line\n" }],
      ["invalid-request", "PUT", "/_sim/snapshot", { headers: lines, body: "" }],
      ["content-too-large", "PUT", "/_sim/snapshot", { headers: lines, body: "x".repeat(2 ** 21) }],
      ["invalid-request", "PUT", "/_sim/mail-snapshot", { body: {} }],
      ["invalid-request", "PUT", "/_sim/mail-snapshot", { headers: lines, body: "" }],
      ["access-refused", "GET", "/_sim/health", { headers: { host: "elsewhere.example" } }],
      [
        "access-refused",
        "GET",
        "/_sim/health",
        { headers: { origin: "http://elsewhere.example" } },
      ],
    ];
    expect(await refusals(world, provoked)).toEqual(provoked.map(([code]) => code));
  });
});

test("without Accept-Language a refusal is English, with the same codes", async () => {
  const [english, japanese] = [await filled("en"), await filled()];
  for (const [, method, path, sent] of REFUSED.filter(([, name]) => name === "GET")) {
    const one = await english.send(method, path, sent);
    const other = await japanese.send(method, path, sent);
    const [told, inJapanese] = [one, other].map(({ text }) => JSON.parse(text) as Problem);
    expect(one.headers).toMatchObject({ "content-language": "en", vary: "accept-language" });
    expect(told?.title).not.toMatch(JAPANESE);
    expect({ ...told, title: "", detail: "" }).toEqual({ ...inJapanese, title: "", detail: "" });
  }
});
