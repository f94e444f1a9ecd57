import * as fc from "fast-check";

import { HEADERS } from "../../src/protocol/http/headers.ts";
import { OPERATION_IDS, type OperationId } from "../../src/protocol/http/operation-ids.ts";
import { OPERATIONS } from "../../src/protocol/http/operations.ts";
import { encodeServicePath, formatServicePath } from "../../src/protocol/service-path.ts";
import { batchPart, DESTINATION, digestOf, inDestination } from "./storage-client.ts";

/** A request before it is written; `TOKEN`, `UPLOAD` and `DIGEST` in it are filled in then. */
export interface FuzzRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

const path = formatServicePath(inDestination("b"));
const paths = [DESTINATION, inDestination("a"), inDestination("b"), inDestination("x", "y"), ["x"]];

/** What a client that means well puts into a header; without an entry, the header is left out. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  "if-match": ["*", '"f1.1"', '"x"'],
  "if-none-match": ["*", '"f1.1"', 'W/"x"'],
  "if-range": ['"f1.1"', '"x"'],
  range: ["bytes=0-1", "bytes=-2", "bytes=99-"],
  accept: ["application/json", "application/x-ndjson", "*/*", "text/html"],
  [HEADERS.modifiedAtNs]: ["12", "-5"],
  [HEADERS.reprDigest]: ["DIGEST"],
  [HEADERS.contentDigest]: ["DIGEST"],
  [HEADERS.uploadComplete]: ["?0", "?1"],
  [HEADERS.uploadLength]: ["5", "100"],
  [HEADERS.uploadOffset]: ["0", "5"],
  [HEADERS.uploadDraftInteropVersion]: ["8"],
};

const QUERIES: Partial<Record<OperationId, readonly string[]>> = {
  getFile: ["", "?generation=1", "?generation=99"],
  getFolder: ["", "?limit=1", "?recursive=true&limit=1000", "?pageToken=ZmE"],
  createUpload: ["", `?${new URLSearchParams({ path, modifiedAtNs: "-5" }).toString()}`],
};

const JSON_BODIES: Partial<Record<OperationId, object>> = {
  createSession: { loginId: "demo", password: "correct", deviceName: "pc" },
  moveEntry: { kind: "file", from: formatServicePath(inDestination("a")), to: path },
};

function bodyOf(id: OperationId): readonly Buffer[] {
  if (id === "batchUpload") return [batchPart(path, "batch"), batchPart(path, "batch").subarray(1)];
  if (JSON_BODIES[id] !== undefined) return [Buffer.from(JSON.stringify(JSON_BODIES[id]))];
  if (OPERATIONS[id].requestBody.kind === "none") return [Buffer.alloc(0)];
  return ["", "hello", "x".repeat(1100)].map((text) => Buffer.from(text));
}

/** A request of one operation as the contract describes it, more or less. */
function meant(id: OperationId): fc.Arbitrary<FuzzRequest> {
  const { method, path: template, requestHeaders, requestBody } = OPERATIONS[id];
  const targets = paths.map((each) =>
    template.replace("{path}", encodeServicePath(each)).replace("{id}", "UPLOAD"),
  );
  const headers = requestHeaders.map(({ name, required }) =>
    fc.option(
      fc.constantFrom(...(MEANT[name] ?? [""])).map((value) => [name, value] as const),
      {
        nil: null,
        freq: required ? 9 : 2,
      },
    ),
  );
  const type =
    requestBody.kind === "none" ? [] : [["content-type", requestBody.mediaType] as const];
  return fc.record({
    method: fc.constant(method),
    target: fc
      .tuple(fc.constantFrom(...targets), fc.constantFrom(...(QUERIES[id] ?? [""])))
      .map((parts) => parts.join("")),
    headers: fc
      .tuple(...headers)
      .map((given) => [
        ["authorization", "Bearer TOKEN"] as const,
        ...type,
        ...given.filter((each) => each !== null),
      ]),
    body: fc.constantFrom(...bodyOf(id)),
  });
}

const words = (text: string): fc.Arbitrary<string> => fc.constantFrom(...text.split(" "));

const segment = fc.oneof(
  words("a .. . %2e%2e %2F %00 %ff %zz % a%20b %F0%9F%98%80 x:y %ed%a0%80 UPLOAD"),
  fc
    .string({ unit: "grapheme", maxLength: 5 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
);
const prefix = words(
  "/v1/files/ /v1/folders/ /v1/generations/ /v1/uploads/ /v1/uploads /v1/ / * http://h/v1/files/ // /healthz",
);
const tail = fc.array(segment, { maxLength: 4 }).map((parts) => parts.join("/"));
const query = words(
  "? ?limit=0 ?a=1&a=2 ?%zz=1 ?__proto__=x ?pageToken=AAAA ?path=a&modifiedAtNs=1 #",
);

/** A request that makes little sense. */
const wild: fc.Arbitrary<FuzzRequest> = fc.record({
  method: words("GET HEAD PUT POST PATCH DELETE OPTIONS TRACE MKCOL get"),
  target: fc.tuple(prefix, tail, fc.option(query, { nil: "" })).map((parts) => parts.join("")),
  headers: fc.constant([["authorization", "Bearer TOKEN"] as const]),
  body: fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
});

const stray = fc.tuple(
  words([...Object.keys(MEANT), "authorization", "content-type", "content-encoding"].join(" ")),
  words('?0 -1 99999999999999999999 abc * "x" , gzip sha-256=:AAAA: sha-256=?1 DIGEST ;'),
);
const framing = words(
  "transfer-encoding:chunked content-length:3 connection:close connection:upgrade upgrade:x expect:100-continue expect:x content-range:x",
).map((text) => text.split(":") as [string, string]);

/** A request: mostly one of the contract, with up to two headers that do not belong. */
export const fuzzRequest: fc.Arbitrary<FuzzRequest> = fc
  .tuple(
    fc.oneof(
      { weight: 4, arbitrary: fc.oneof(...OPERATION_IDS.map(meant)) },
      { weight: 1, arbitrary: wild },
    ),
    fc.array(fc.oneof({ weight: 4, arbitrary: stray }, { weight: 1, arbitrary: framing }), {
      maxLength: 2,
      size: "-1",
    }),
  )
  .map(([request, strays]) => ({ ...request, headers: [...request.headers, ...strays] }));

/** The bytes of a request, with what was left open filled in. */
export function writeRequest(request: FuzzRequest, token: string, uploadUrl: string): Buffer {
  const { method, body } = request;
  const target = request.target.replace("/v1/uploads/UPLOAD", uploadUrl);
  const lines = request.headers.map(
    ([name, value]) =>
      `${name}: ${value.replace("TOKEN", token).replace("DIGEST", digestOf(body))}\r\n`,
  );
  const framed = request.headers.some(([name]) => /^(transfer|content-length)/.test(name));
  const length = framed ? "" : `content-length: ${body.length}\r\n`;
  const head = `${method} ${target} HTTP/1.1\r\nhost: x\r\n${length}${lines.join("")}\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
