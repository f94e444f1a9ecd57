import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import express from "express";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { problemSchema } from "../../src/protocol/http/problem.ts";
import { createControlApp } from "../../src/sim-server/control/control-app.ts";
import { createMailServer, type MailServer } from "../../src/sim-server/smtp/mail-server.ts";
import { createHttpServer } from "../../src/sim-server/storage/http/http-server.ts";
import { makeService } from "./storage-client.ts";

let service: ReturnType<typeof makeService>;
let mail: MailServer;
let server: Server;
let url: string;

beforeAll(async () => {
  service = makeService({ memoryBytesMax: 64 * 2 ** 20 });
  mail = createMailServer({ clock: service.clock });
  const app = express();
  app.use("/_sim", createControlApp(service, mail));
  app.use(service.listener);
  server = createHttpServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

interface ControlRequest {
  readonly method: string;
  readonly target: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
}

const names = fc.constantFrom(
  "__proto__",
  "constructor",
  "toString",
  "..",
  ".",
  "",
  "demo",
  "a/b",
  "\0",
  "\ud800",
  "セキュリティ領域/手動バックアップ/a",
  "x".repeat(300),
  "a/".repeat(600),
);
const numbers = fc.constantFrom(0, -1, 1, 0.5, 1e16, 9e15, Number.MAX_SAFE_INTEGER, 1e300);
const glob = fc.oneof(
  names,
  fc.constantFrom("*a".repeat(16), "**/".repeat(10), "?".repeat(32), "?".repeat(5_000), "[a"),
);
const kinds = fc.constantFrom("status", "reset", "slow", "reply", "delay", "hostile-listing", "x");

const fault = fc.record(
  {
    kind: kinds,
    stage: fc.constantFrom("mail", "rcpt", "greeting", "x"),
    path: glob,
    recipient: glob,
    operation: fc.constantFrom("getFile", "putFile", "x"),
    status: fc.oneof(fc.constantFrom(503, 429), numbers),
    code: fc.oneof(fc.constantFrom(421, 550), numbers),
    nth: numbers,
    times: fc.oneof(numbers, fc.constant("forever")),
    retryAfterSeconds: numbers,
    retryAfterForm: fc.constantFrom("date", "seconds", "x"),
    delayMs: numbers,
    bytesPerSecond: numbers,
    entries: fc.constant(["parent"]),
  },
  { requiredKeys: ["kind"] },
);

const account = fc.record(
  {
    loginId: names,
    password: fc.oneof(names, numbers),
    contractId: names,
    edition: fc.constantFrom("office-anshin", "x"),
    plan: names,
    quotaBytes: numbers,
  },
  { requiredKeys: ["loginId", "password"] },
);

const seed = fc.record(
  {
    accounts: fc.array(account, { maxLength: 3 }),
    trees: fc.dictionary(
      names,
      fc.dictionary(names, fc.oneof(names, fc.constant(null), fc.constant({ base64: "AA" }))),
      { maxKeys: 2 },
    ),
  },
  { requiredKeys: [] },
);

/** A snapshot in which one value, anywhere, is another. */
const changedSnapshot = fc
  .tuple(
    fc.constantFrom("storage", "mail"),
    fc.nat(),
    fc.oneof(names, numbers, fc.constant(null), fc.constant([]), fc.constant({})),
  )
  .map(([which, at, value]) => {
    const snapshot: unknown = structuredClone(
      which === "storage" ? service.snapshot() : mail.snapshot(),
    );
    const places = placesIn(snapshot);
    const [holder, key] = places[at % places.length] ?? [];
    if (holder !== undefined && key !== undefined) Reflect.set(holder, key, value);
    return snapshot;
  });

function placesIn(value: unknown): (readonly [holder: object, key: string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as const,
    ...placesIn(inner),
  ]);
}

const body = fc.oneof(
  fault,
  fc.array(fault, { maxLength: 3 }),
  seed,
  changedSnapshot,
  fc.jsonValue(),
);

const target = fc.oneof(
  fc.constantFrom(
    "/_sim/reset",
    "/_sim/seed",
    "/_sim/snapshot",
    "/_sim/faults",
    "/_sim/faults/fault-1",
    "/_sim/faults/%zz",
    "/_sim/requests",
    "/_sim/mails",
    "/_sim/mails/mail-1",
    "/_sim/mail-snapshot",
    "/_sim/smtp-faults",
    "/_sim/health",
    "/_sim/",
    "/_sim/%00",
  ),
  fc
    .tuple(
      fc.constantFrom(
        "requests?path=",
        "requests?status=",
        "mails?to=",
        "mails?subject=",
        "mails?x=",
      ),
      glob,
    )
    .map(([start, text]) => `/_sim/${start}${encodeURIComponent(text.toWellFormed())}`),
);

const controlRequest: fc.Arbitrary<ControlRequest> = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"),
  target,
  type: fc.constantFrom(
    "application/json",
    "application/json",
    "application/x-ndjson",
    "application/json; charset=x",
    "text/plain",
  ),
  body: fc.oneof(
    { weight: 5, arbitrary: body.map((value) => JSON.stringify(value)) },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Uint8Array.from(bytes)),
    },
  ),
});

test("answers any request to the control interface without a 500, and refuses with problems", async () => {
  await fc.assert(
    fc.asyncProperty(controlRequest, async ({ method, target: at, type, body: sent }) => {
      const answer = await fetch(url + at, {
        method,
        headers: { "content-type": type },
        ...(method === "GET" ? {} : { body: sent }),
      });
      const text = await answer.text();
      expect(answer.status).toBeLessThan(500);
      expect(answer.status < 400 || problemSchema.safeParse(JSON.parse(text)).success).toBe(true);
      // Whatever was let in, everything there is can still be shown, and taken back.
      for (const shown of ["health", "snapshot", "requests", "mails", "mail-snapshot", "faults"]) {
        expect((await fetch(`${url}/_sim/${shown}`)).status).toBe(200);
      }
      const saved = service.snapshot();
      service.restore(saved);
      expect(service.snapshot()).toEqual(saved);
      service.faults.clear();
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect([...service.internalErrors, ...mail.internalErrors]).toEqual([]);
    }),
    { numRuns: 400 },
  );
}, 120_000);

test("lets others take their turn while it sends and takes what is large", async () => {
  const manual = ["セキュリティ領域", "手動バックアップ"];
  service.reset();
  service.explorer("demo").put([...manual, "large"], randomBytes(40 * 2 ** 20));
  const type = "application/x-ndjson";
  let turnCount = 0;
  const ticking = setInterval(() => (turnCount += 1), 1);
  const lines = await (await fetch(`${url}/_sim/snapshot`, { headers: { accept: type } })).text();
  const put = { method: "PUT", headers: { "content-type": type }, body: lines };
  expect((await fetch(`${url}/_sim/snapshot`, put)).status).toBe(204);
  clearInterval(ticking);
  // No law by the clock: a machine may be busy. Held as a whole, there would be next to no turns.
  expect(turnCount).toBeGreaterThan(20);
}, 120_000);
