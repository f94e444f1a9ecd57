import * as fc from "fast-check";

import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { FOREIGN_ANSWER_NAMES } from "../../../sim-server/faults/foreign-answers.ts";
import type { NetworkFault } from "../../../sim-server/faults/network-fault.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";

/** The kinds of fault a swarm profile chooses from. */
export const FAULT_KINDS = [
  "connect",
  "cut",
  "slow",
  "outage",
  "refusal",
  "silence",
  "damage",
  "spoiled-request",
  "unknown-answer",
  "block",
  "foreign",
  "disk",
  "memory",
] as const;

/** One of {@link FAULT_KINDS}. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** So few strikes that trying again bridges them, with the patience scenarios give. */
const few = fc.integer({ min: 1, max: 3 });
const nth = fc.integer({ min: 1, max: 8 });
const at = "connect" as const;

const UPLOADS: readonly OperationId[] = ["putFile", "batchUpload", "createUpload", "appendUpload"];
const operation = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom<OperationId>(
    ...UPLOADS,
    "headFolder",
    "getContract",
    "headUpload",
    "listGenerations",
    "getFolder",
    "deleteFile",
    "deleteFolder",
  ),
);

const connectFault: fc.Arbitrary<NetworkFault> = fc
  .tuple(nth, few, fc.constantFrom("refused", "unresolved", "unreachable", "silent"))
  .map(([first, times, kind]) => ({ at, nth: first, times, kind }));

const cutFault: fc.Arbitrary<NetworkFault> = fc
  .tuple(
    nth,
    few,
    fc.constantFrom("reset-after", "blackhole-after", "truncate-after"),
    fc.integer({ min: 0, max: 6000 }),
    fc.boolean(),
  )
  .map(([first, times, kind, bytes, up]) => {
    if (kind === "truncate-after") return { at, nth: first, times, kind, bytesDown: bytes };
    return { at, nth: first, times, kind, ...(up ? { bytesUp: bytes } : { bytesDown: bytes }) };
  });

const slowFault: fc.Arbitrary<NetworkFault> = fc.oneof(
  fc.tuple(nth, fc.integer({ min: 1, max: 400 })).map(([first, latencyMs]): NetworkFault => ({
    at,
    nth: first,
    times: "forever",
    kind: "latency",
    latencyMs,
  })),
  fc
    .tuple(nth, fc.integer({ min: 30_000, max: 1_000_000 }))
    .map(([first, bytesPerSecond]): NetworkFault => ({
      at,
      nth: first,
      times: "forever",
      kind: "throttle",
      bytesPerSecond,
    })),
);

const afterBytes = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined });

const refusalFault: fc.Arbitrary<StorageFault> = fc
  .tuple(operation, nth, few, fc.constantFrom(408, 429, 500, 502, 503, 504), afterBytes)
  .map(([on, first, times, status, bytes]) =>
    compact({
      kind: "status",
      operation: on,
      nth: first,
      times,
      status,
      afterBytes: bytes,
      repeatsSecrets: true,
    }),
  );

const silenceFault: fc.Arbitrary<StorageFault> = fc
  .tuple(
    operation,
    nth,
    few,
    fc.constantFrom("never-answer", "never-answer-after-commit", "reset", "reset-after-commit"),
  )
  .map(([on, first, times, kind]) => compact({ kind, operation: on, nth: first, times }));

const damageFault: fc.Arbitrary<StorageFault> = fc
  .tuple(
    operation,
    nth,
    few,
    fc.constantFrom("truncate-response", "corrupt-response", "wrong-digest"),
  )
  .map(([on, first, times, kind]) => compact({ kind, operation: on, nth: first, times }));

const spoiledRequest: fc.Arbitrary<StorageFault> = fc
  .tuple(
    fc.constantFrom<OperationId>("putFile", "batchUpload", "appendUpload"),
    nth,
    few,
    fc.constantFrom(undefined, true),
  )
  .map(([on, first, times, resealed]) =>
    compact({ kind: "corrupt-request-body", operation: on, nth: first, times, resealed }),
  );

const unknownAnswer: fc.Arbitrary<StorageFault> = fc
  .tuple(operation, nth, few)
  .map(([on, first, times]) =>
    compact({ kind: "unknown-answer", operation: on, nth: first, times }),
  );

const blockFault: fc.Arbitrary<StorageFault> = fc
  .tuple(operation, nth, few)
  .map(([on, first, times]) =>
    compact({ kind: "block-page", operation: on, nth: first, times, repeatsSecrets: true }),
  );

const foreignFault: fc.Arbitrary<StorageFault> = fc
  .tuple(operation, nth, few, fc.constantFrom(...FOREIGN_ANSWER_NAMES))
  .map(([on, first, times, answer]) =>
    compact({ kind: "foreign", answer, operation: on, nth: first, times, repeatsSecrets: true }),
  );

const outage: fc.Arbitrary<NonNullable<RunFaults["outage"]>> = fc.record({
  kind: fc.constantFrom("unreachable", "unresolved", "silent"),
  afterMs: fc.constantFrom(0, 1, 300),
  forMs: fc.oneof(
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 120_000 }) },
    { weight: 1, arbitrary: fc.constant("forever" as const) },
  ),
});

/** Faults of some kinds for one backup; `paths` are files and folders of its sources. */
export function faultsArbitrary(
  kinds: readonly FaultKind[],
  countMax: number,
): fc.Arbitrary<(paths: readonly string[]) => RunFaults> {
  if (kinds.length === 0 || countMax === 0) return fc.constant(() => ({}));
  const one: Record<FaultKind, fc.Arbitrary<OneFault>> = {
    connect: connectFault.map((network) => ({ network })),
    cut: cutFault.map((network) => ({ network })),
    slow: slowFault.map((network) => ({ network })),
    outage: outage.map((found) => ({ outage: found })),
    refusal: refusalFault.map((storage) => ({ storage })),
    silence: silenceFault.map((storage) => ({ storage })),
    damage: damageFault.map((storage) => ({ storage })),
    "spoiled-request": spoiledRequest.map((storage) => ({ storage })),
    "unknown-answer": unknownAnswer.map((storage) => ({ storage })),
    block: blockFault.map((storage) => ({ storage })),
    foreign: foreignFault.map((storage) => ({ storage })),
    disk: diskFault.map((disk) => ({ disk })),
    memory: fc
      .constantFrom<"scan" | "compare" | "delete">("scan", "compare", "delete")
      .map((activity) => ({ memory: { activity, nth: 1 } })),
  };
  const all = fc.array(fc.oneof(...kinds.map((kind) => one[kind])), {
    minLength: 1,
    maxLength: countMax,
  });
  return all.map((found) => (paths) => gathered(found, paths));
}

interface PlacelessDiskFault {
  readonly pathIndex: number;
  readonly operation: "open" | "read" | "stat" | "list";
  readonly kind: "io-error" | "access-denied" | "busy" | "not-found" | "delay";
  readonly nth: number;
  readonly times: number | "forever";
}

interface OneFault {
  readonly network?: NetworkFault;
  readonly storage?: StorageFault;
  readonly outage?: NonNullable<RunFaults["outage"]>;
  readonly disk?: PlacelessDiskFault;
  readonly memory?: NonNullable<RunFaults["memory"]>;
}

const diskFault: fc.Arbitrary<PlacelessDiskFault> = fc.record({
  pathIndex: fc.nat({ max: 30 }),
  operation: fc.constantFrom("open", "read", "stat", "list"),
  kind: fc.constantFrom("io-error", "access-denied", "busy", "not-found", "delay"),
  nth: fc.integer({ min: 1, max: 2 }),
  times: fc.oneof(fc.integer({ min: 1, max: 2 }), fc.constant("forever" as const)),
});

function gathered(found: readonly OneFault[], paths: readonly string[]): RunFaults {
  const network = found.flatMap((one) => one.network ?? []);
  const storage = found.flatMap((one) => one.storage ?? []);
  const disk = found.flatMap(({ disk: one }) => {
    const path = one && paths[one.pathIndex % Math.max(1, paths.length)];
    if (one === undefined || path === undefined) return [];
    const { operation: on, kind, nth: first, times } = one;
    const place = { path, operation: on, nth: first, times };
    return [kind === "delay" ? { ...place, kind, delayMs: 700 } : { ...place, kind }];
  });
  const outageFound = found.find((one) => one.outage !== undefined)?.outage;
  const memory = found.find((one) => one.memory !== undefined)?.memory;
  return {
    ...(network.length > 0 ? { network } : {}),
    ...(storage.length > 0 ? { storage } : {}),
    ...(disk.length > 0 ? { disk } : {}),
    ...(outageFound === undefined ? {} : { outage: outageFound }),
    ...(memory === undefined ? {} : { memory }),
  };
}

/** Leaves out what is undefined: scenarios are plain data. */
function compact(fault: Record<string, unknown>): StorageFault {
  const kept = Object.entries(fault).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as StorageFault;
}
