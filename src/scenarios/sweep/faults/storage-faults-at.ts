import { PROBLEMS, type ProblemCode } from "../../../protocol/http/problem.ts";
import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { FOREIGN_ANSWER_NAMES } from "../../../sim-server/faults/foreign-answers.ts";
import { HOSTILE_ENTRIES, type StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { FaultPlace } from "../../observation/fault-moment.ts";
import { occurrencesAt, type OccurrenceAt } from "./occurrences-at.ts";
import type { NamedFault } from "./strike.ts";

/** Longer than any patience that scenarios give the tool with one request. */
const LATE_MS = 600_000;
const SOON_MS = 700;

/** Statuses of something in between, for which the contract has no problem. */
const GATEWAY_STATUSES = [408, 423, 502, 520] as const;

/**
 * Refusals that claim nothing about what is stored or who is logged in: a service out of order, or one that does
 * not like the request as such.
 */
const CODES = [
  "invalid-request",
  "access-refused",
  "method-not-allowed",
  "not-acceptable",
  "content-too-large",
  "unsupported-media-type",
  "request-header-too-large",
  "too-many-requests",
  "internal-error",
  "not-implemented",
  "service-unavailable",
  "gateway-timeout",
] as const satisfies readonly ProblemCode[];

/** Operations whose requests carry bytes of a file. */
const WITH_CONTENT: ReadonlySet<OperationId> = new Set([
  "putFile",
  "batchUpload",
  "createUpload",
  "appendUpload",
]);

/** A fault without the place and the moments at which it strikes. */
type Kind = StorageFault extends infer One ? (One extends unknown ? Bare<One> : never) : never;
type Bare<One> = Omit<One, "operation" | "path" | "nth" | "times">;

/** Everything that can come of the nth request of an operation, or of a part of a batch. */
export function storageFaultsAt(
  { operation, partPath }: Extract<FaultPlace, { layer: "storage" }>,
  nth: number,
): readonly NamedFault[] {
  const kinds = partPath === undefined ? kindsOf(operation) : PART_KINDS;
  const place = { operation, ...(partPath === undefined ? {} : { path: partPath }) };
  return occurrencesAt(nth).flatMap(([form, occurrence]) =>
    kinds.map(([name, kind]) => named(`${name} ${form}`, kind, { ...place, ...occurrence })),
  );
}

function named(
  name: string,
  kind: Kind,
  place: Pick<StorageFault, "operation" | "path"> & OccurrenceAt[1],
): NamedFault {
  return [name, { layer: "storage", fault: { ...place, ...kind } as StorageFault }];
}

function kindsOf(operation: OperationId): readonly (readonly [name: string, kind: Kind])[] {
  return [
    ...EVERYWHERE,
    ...(WITH_CONTENT.has(operation) ? IN_CONTENT : []),
    ...(operation === "getFolder" ? IN_LISTINGS : []),
    ...(operation === "getFile" ? [["false-file", { kind: "false-file" }] as const] : []),
  ];
}

type NamedKind = readonly [name: string, kind: Kind];

const EVERYWHERE: readonly NamedKind[] = [
  ...CODES.map((code): NamedKind => [
    code,
    { kind: "status", status: PROBLEMS[code].status, code, repeatsSecrets: true },
  ]),
  ...GATEWAY_STATUSES.map((status): NamedKind => [`gateway-${status}`, { kind: "status", status }]),
  ["retry-after", { kind: "status", status: 503, retryAfterSeconds: 30 }],
  ["retry-at", { kind: "status", status: 429, retryAfterSeconds: 30, retryAfterForm: "date" }],
  ...FOREIGN_ANSWER_NAMES.map((answer): NamedKind => [
    `foreign-${answer}`,
    { kind: "foreign", answer, repeatsSecrets: true },
  ]),
  ["block-page", { kind: "block-page", repeatsSecrets: true }],
  ["unknown-answer", { kind: "unknown-answer", repeatsSecrets: true }],
  ["delay", { kind: "delay", delayMs: SOON_MS }],
  ["delay-long", { kind: "delay", delayMs: LATE_MS }],
  ["slow", { kind: "slow", bytesPerSecond: 4000 }],
  ["trickle", { kind: "slow", bytesPerSecond: 100 }],
  ["reset", { kind: "reset" }],
  ["never-answer", { kind: "never-answer" }],
  ["reset-after-commit", { kind: "reset-after-commit" }],
  ["truncate-0", { kind: "truncate-response", afterBytes: 0 }],
  ["truncate-20", { kind: "truncate-response", afterBytes: 20 }],
  ["reset-response-0", { kind: "reset-response", afterBytes: 0 }],
  ["reset-response-20", { kind: "reset-response", afterBytes: 20 }],
  ["corrupt", { kind: "corrupt-response" }],
  ["corrupt-resealed", { kind: "corrupt-response", resealed: true }],
  ["wrong-digest", { kind: "wrong-digest" }],
];

const IN_CONTENT: readonly NamedKind[] = [
  ["corrupt-request", { kind: "corrupt-request-body" }],
  ["reset-within", { kind: "reset", afterBytes: 20 }],
  ["silent-within", { kind: "never-answer", afterBytes: 20 }],
  ["busy-within", { kind: "status", status: 503, afterBytes: 20 }],
];

const IN_LISTINGS: readonly NamedKind[] = [
  ...HOSTILE_ENTRIES.map((entry): NamedKind => [
    `hostile-${entry}`,
    { kind: "hostile-listing", entries: [entry] },
  ]),
  ["endless-listing", { kind: "endless-listing" }],
];

const PART_KINDS: readonly NamedKind[] = [
  ...CODES.map((code): NamedKind => [
    `part-${code}`,
    { kind: "status", status: PROBLEMS[code].status, code, scope: "part" },
  ]),
  ["part-corrupt-resealed", { kind: "corrupt-request-body", resealed: true }],
];
