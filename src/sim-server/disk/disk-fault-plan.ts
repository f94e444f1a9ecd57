import type { DiskErrorCode } from "./disk-error.ts";
import {
  diskFaultSchema,
  diskMutationSchema,
  type DiskFault,
  type DiskFaultInput,
  type DiskMutation,
  type DiskMutationInput,
  type DiskOperation,
} from "../faults/disk-fault.ts";

/** What a fault and a mutation have in common. */
interface Placed {
  readonly below?: boolean | undefined;
  readonly nth: number;
  readonly times: number | "forever";
}

interface Entry<Rule extends Placed> {
  readonly rule: Rule;
  readonly operation: DiskOperation;
  readonly path: string;
  seen: number;
  hits: number;
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
} as const satisfies Record<string, DiskErrorCode>;

/** The faults and mutations of a disk and how often each has struck. */
export class DiskFaultTable {
  /** One spelling for all spellings of a path. */
  readonly #canonical: (path: string | Uint8Array) => string;
  #faults: Entry<DiskFault>[] = [];
  #mutations: Entry<DiskMutation>[] = [];

  constructor(canonical: (path: string | Uint8Array) => string) {
    this.#canonical = canonical;
  }

  /** Adds a fault; throws when it is not one. */
  addFault(input: DiskFaultInput): void {
    const rule = diskFaultSchema.parse(input);
    this.#faults.push({ ...this.#counters(rule.path), rule, operation: rule.operation });
  }

  /** Adds a mutation; throws when it is not one. */
  addMutation(input: DiskMutationInput): void {
    const rule = diskMutationSchema.parse(input);
    this.#mutations.push({ ...this.#counters(rule.path), rule, operation: rule.at });
  }

  /** Ends them all. What was locked or changed stays so. */
  clear(): void {
    this.#faults = [];
    this.#mutations = [];
  }

  /** The faults and mutations, each with the number of calls it has struck. */
  counts(): {
    readonly faults: readonly { readonly fault: DiskFault; readonly hits: number }[];
    readonly mutations: readonly { readonly mutation: DiskMutation; readonly hits: number }[];
  } {
    return {
      faults: this.#faults.map(({ rule, hits }) => ({ fault: rule, hits })),
      mutations: this.#mutations.map(({ rule, hits }) => ({ mutation: rule, hits })),
    };
  }

  /** Counts one more call; gives what strikes it. */
  strike(operation: DiskOperation, path: string | Uint8Array): DiskStrike | undefined {
    if (this.#faults.length === 0 && this.#mutations.length === 0) return undefined;
    const canonical = this.#canonical(path);
    const faults = hitsOf(this.#faults, operation, canonical);
    const mutations = hitsOf(this.#mutations, operation, canonical);
    if (faults.length === 0 && mutations.length === 0) return undefined;
    let delayMs = 0;
    let refusal: DiskErrorCode | undefined;
    for (const fault of faults) {
      if (fault.kind === "delay") delayMs += fault.delayMs;
      else refusal ??= CODES[fault.kind];
    }
    return { delayMs, refusal, mutations };
  }

  #counters(path: string): { path: string; seen: number; hits: number } {
    return { path: this.#canonical(path), seen: 0, hits: 0 };
  }
}

function hitsOf<Rule extends Placed>(
  entries: readonly Entry<Rule>[],
  operation: DiskOperation,
  path: string,
): Rule[] {
  const struck: Rule[] = [];
  for (const entry of entries) {
    if (entry.operation !== operation || !isAt(entry, path)) continue;
    entry.seen += 1;
    const { nth, times } = entry.rule;
    if (entry.seen < nth || (times !== "forever" && entry.seen >= nth + times)) continue;
    entry.hits += 1;
    struck.push(entry.rule);
  }
  return struck;
}

function isAt({ path: place, rule }: { path: string; rule: Placed }, path: string): boolean {
  if (path === place) return true;
  return rule.below === true && path.startsWith(place) && /[/\\]/.test(path.charAt(place.length));
}
