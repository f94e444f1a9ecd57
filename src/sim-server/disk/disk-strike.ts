import type { DiskFault, DiskMutation, DiskOperation } from "../faults/disk-fault.ts";
import type { DiskErrorCode } from "./disk-error.ts";
import type { DiskFaultPlan, DiskMutationPlan } from "./disk-fault-plan.ts";
import type { DiskPath } from "./disk-tree.ts";

/** What is planned for a disk. */
export interface DiskPlans {
  readonly faults: DiskFaultPlan;
  readonly mutations: DiskMutationPlan;
  /** One spelling for all spellings of a path. */
  readonly canonical: (path: DiskPath) => string;
}

/** What strikes one call. */
export interface DiskStrike {
  readonly delayMs: number;
  readonly refusal: DiskErrorCode | undefined;
  readonly mutations: readonly DiskMutation[];
}

const CODES = {
  "access-denied": "EACCES",
  "io-error": "EIO",
  "not-found": "ENOENT",
  busy: "EBUSY",
  "name-too-long": "ENAMETOOLONG",
  "no-space": "ENOSPC",
} as const satisfies Record<Exclude<DiskFault["kind"], "delay">, DiskErrorCode>;

/** Counts one more call; gives what strikes it. Delays add up; the first refusal is the call's. */
export function strikeCall(
  { faults, mutations, canonical }: DiskPlans,
  operation: DiskOperation,
  path: DiskPath,
): DiskStrike | undefined {
  if (faults.isEmpty && mutations.isEmpty) return undefined;
  const call = { operation, path: Buffer.from(path).toString(), canonicalPath: canonical(path) };
  const striking = faults.strike(call);
  const mutating = mutations.strike(call);
  if (striking.length === 0 && mutating.length === 0) return undefined;
  let delayMs = 0;
  let refusal: DiskErrorCode | undefined;
  for (const fault of striking) {
    if (fault.kind === "delay") delayMs += fault.delayMs;
    else refusal ??= CODES[fault.kind];
  }
  return { delayMs, refusal, mutations: mutating };
}
