import * as fc from "fast-check";

import { OUTSIDER_SMTP_FAULTS, OUTSIDER_STORAGE_FAULTS } from "../outsiders/outsider-faults.ts";

/** A request to the control interface. */
export interface ControlRequest {
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

/** A fault as it has to be, but for where and how often it strikes. */
const meantFault = fc
  .tuple(
    fc.constantFrom(...OUTSIDER_STORAGE_FAULTS, ...OUTSIDER_SMTP_FAULTS),
    fc.record(
      { nth: numbers, times: fc.oneof(numbers, fc.constant("forever")) },
      { requiredKeys: [] },
    ),
  )
  .map(([planned, occurrence]) => ({ ...planned, ...occurrence }));

const wildFault = fc.record(
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

const fault = fc.oneof(meantFault, wildFault);

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

/** One of the snapshots, in which one value, anywhere, is another. */
function changedSnapshot(snapshots: readonly (() => unknown)[]): fc.Arbitrary<unknown> {
  const value = fc.oneof(names, numbers, fc.constant(null), fc.constant([]), fc.constant({}));
  return fc.tuple(fc.constantFrom(...snapshots), fc.nat(), value).map(([take, at, given]) => {
    const snapshot: unknown = structuredClone(take());
    const places = placesIn(snapshot);
    const [holder, key] = places[at % places.length] ?? [];
    if (holder !== undefined && key !== undefined) Reflect.set(holder, key, given);
    return snapshot;
  });
}

function placesIn(value: unknown): (readonly [holder: object, key: string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as const,
    ...placesIn(inner),
  ]);
}

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

/**
 * A request to the control interface: faults, seeds, snapshots and anything else, where they belong and
 * where they do not. `snapshots` give what is changed at one place.
 */
export function controlRequests(
  snapshots: readonly (() => unknown)[],
): fc.Arbitrary<ControlRequest> {
  const body = fc.oneof(
    fault,
    fc.array(fault, { maxLength: 3 }),
    seed,
    changedSnapshot(snapshots),
    fc.jsonValue(),
  );
  return fc.record({
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
}
