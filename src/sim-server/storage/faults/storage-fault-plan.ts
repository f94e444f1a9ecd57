import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { pathGlob } from "../../faults/path-glob.ts";
import { storageFaultSchema, type StorageFault } from "../../faults/storage-fault.ts";

/** A fault that is planned, with what became of it so far. */
export interface PlannedFault {
  readonly id: string;
  readonly fault: StorageFault;
  /** Requests (with `scope: "part"` parts) that matched. */
  readonly matchCount: number;
  /** How often it struck. */
  readonly hitCount: number;
}

/** What is known of a request, or of a part of a batch, when its faults are chosen. */
export interface FaultSubject {
  /** Null for a request outside the contract. */
  readonly operationId: OperationId | null;
  readonly paths: readonly string[];
}

/** A fault chosen for a request; `strike` counts that it took effect. */
export interface ChosenFault<F extends StorageFault = StorageFault> {
  readonly fault: F;
  readonly strike: () => void;
}

interface Entry {
  readonly id: string;
  readonly fault: StorageFault;
  readonly operations: ReadonlySet<string> | null;
  readonly matchesPath: ((path: string) => boolean) | null;
  matchCount: number;
  hitCount: number;
}

/**
 * The faults that are to strike. Each counts the requests that match it, all of them, and strikes at
 * those that `nth` and `times` name; there is no chance in it, so a plan can be replayed and shrunk.
 */
export class FaultPlan {
  readonly #entries: Entry[] = [];
  #addedCount = 0;

  /** Whether nothing is planned: the service then does no work for faults at all. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Whether any fault looks at paths: only then are bodies read to find out which they name. */
  get usesPaths(): boolean {
    return this.#entries.some((entry) => entry.matchesPath !== null);
  }

  /** Plans a fault; throws a ZodError for one that does not fit the schema. Returns its id. */
  add(fault: StorageFault): string {
    const checked = storageFaultSchema.parse(fault);
    this.#addedCount += 1;
    const id = `fault-${this.#addedCount}`;
    const { operation, path } = checked;
    this.#entries.push({
      id,
      fault: checked,
      operations: operation === undefined ? null : new Set([operation].flat()),
      matchesPath: path === undefined ? null : pathGlob(path),
      matchCount: 0,
      hitCount: 0,
    });
    return id;
  }

  /** Takes a fault out; `false` when there is none of that id. */
  remove(id: string): boolean {
    const index = this.#entries.findIndex((entry) => entry.id === id);
    if (index !== -1) this.#entries.splice(index, 1);
    return index !== -1;
  }

  /** Takes all faults out: from now on the service is in order. */
  clear(): void {
    this.#entries.length = 0;
  }

  /** All planned faults, in the order they were added, with their counters. */
  list(): readonly PlannedFault[] {
    return this.#entries.map(({ id, fault, matchCount, hitCount }) => ({
      id,
      fault,
      matchCount,
      hitCount,
    }));
  }

  /** Counts a request against every fault and returns those that are due at it. */
  choose(subject: FaultSubject): ChosenFault[] {
    return this.#due(subject, (fault) => scopeOf(fault) === "request");
  }

  /** The same for one part of a batch and the faults that refuse single parts. */
  choosePart(path: string): ChosenFault[] {
    const subject: FaultSubject = { operationId: "batchUpload", paths: [path] };
    return this.#due(subject, (fault) => scopeOf(fault) === "part");
  }

  #due(subject: FaultSubject, inScope: (fault: StorageFault) => boolean): ChosenFault[] {
    const due: ChosenFault[] = [];
    for (const entry of this.#entries) {
      if (!inScope(entry.fault) || !matches(entry, subject)) continue;
      entry.matchCount += 1;
      const { nth = 1, times = 1 } = entry.fault;
      const last = times === "forever" ? Number.POSITIVE_INFINITY : nth + times - 1;
      if (entry.matchCount < nth || entry.matchCount > last) continue;
      due.push({
        fault: entry.fault,
        strike: () => {
          entry.hitCount += 1;
        },
      });
    }
    return due;
  }
}

function matches(entry: Entry, { operationId, paths }: FaultSubject): boolean {
  const { operations, matchesPath } = entry;
  if (operations !== null && (operationId === null || !operations.has(operationId))) return false;
  return matchesPath === null || paths.some((path) => matchesPath(path));
}

function scopeOf(fault: StorageFault): "request" | "part" {
  return fault.kind === "status" ? (fault.scope ?? "request") : "request";
}
