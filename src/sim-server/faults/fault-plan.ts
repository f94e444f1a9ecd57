import type { z } from "zod";

import { occursAt, type Occurrence } from "./occurrence.ts";

/** A fault that is planned, with what became of it so far. */
export interface PlannedFault<Fault> {
  readonly id: string;
  readonly fault: Fault;
  /** Moments that matched it, struck or not. */
  readonly matchCount: number;
  /** How often it struck. */
  readonly hitCount: number;
}

/** A fault that is due; `strike` counts that it took effect. */
export interface DueFault<Fault> {
  readonly fault: Fault;
  readonly strike: () => void;
}

/** How faults of one layer are read and where they belong. */
export interface FaultPlanOptions<Fault, Subject, Input> {
  /** Begins the ids of the faults, `fault-1`, `fault-2` and so on. */
  readonly idPrefix: string;
  /** What a fault is; gives the fault in the form in which it is kept. */
  readonly schema: z.ZodType<Fault, Input>;
  /** Made once per fault: whether it belongs to a moment. */
  readonly matcher: (fault: Fault) => (subject: Subject) => boolean;
}

interface Entry<Fault, Subject> {
  readonly id: string;
  readonly fault: Fault;
  readonly matches: (subject: Subject) => boolean;
  matchCount: number;
  hitCount: number;
}

/**
 * The faults that are to strike in one layer: the storage service, the mail server, the network, the
 * disk or the memory. A `Subject` is a moment at which they may: a request, a call, a connection. Each
 * fault counts all moments that match it, from when it was added, and is due at those that `nth` and
 * `times` name. There is no chance in it, so that a plan can be replayed and shrunk. How a fault takes
 * effect is the layer's own business.
 */
export class FaultPlan<Fault extends Occurrence, Subject, Input = Fault> {
  readonly #options: FaultPlanOptions<Fault, Subject, Input>;
  readonly #entries: Entry<Fault, Subject>[] = [];
  #addedCount = 0;
  #onMoment: ((subject: Subject) => void) | undefined;

  /** An empty plan. */
  constructor(options: FaultPlanOptions<Fault, Subject, Input>) {
    this.#options = options;
  }

  /** Whether nothing is planned and nobody watches: the layer then does no work for faults at all. */
  get isEmpty(): boolean {
    return this.#entries.length === 0 && this.#onMoment === undefined;
  }

  /** Tells of every moment at which a fault could strike, whether or not one is planned; undefined: tells nobody. */
  watch(onMoment: ((subject: Subject) => void) | undefined): void {
    this.#onMoment = onMoment;
  }

  /** Plans a fault; throws a ZodError for one that does not fit the schema. Returns its id. */
  add(input: Input): string {
    const { idPrefix, schema, matcher } = this.#options;
    const fault = schema.parse(input);
    this.#addedCount += 1;
    const id = `${idPrefix}-${this.#addedCount}`;
    this.#entries.push({ id, fault, matches: matcher(fault), matchCount: 0, hitCount: 0 });
    return id;
  }

  /** Takes a fault out; `false` when there is none of that id. */
  remove(id: string): boolean {
    const index = this.#entries.findIndex((entry) => entry.id === id);
    if (index !== -1) this.#entries.splice(index, 1);
    return index !== -1;
  }

  /** Takes all faults out: from now on the layer is in order. What they did already stays done. */
  clear(): void {
    this.#entries.length = 0;
  }

  /** All planned faults, in the order they were added, with their counters. */
  list(): readonly PlannedFault<Fault>[] {
    return this.#entries.map(({ id, fault, matchCount, hitCount }) => ({
      id,
      fault,
      matchCount,
      hitCount,
    }));
  }

  /** Counts a moment against every fault; gives those that are due at it, in the order they were added. */
  due(subject: Subject): readonly DueFault<Fault>[] {
    this.#onMoment?.(subject);
    const due: DueFault<Fault>[] = [];
    for (const entry of this.#entries) {
      if (!entry.matches(subject)) continue;
      entry.matchCount += 1;
      if (!occursAt(entry.fault, entry.matchCount)) continue;
      due.push({ fault: entry.fault, strike: () => void (entry.hitCount += 1) });
    }
    return due;
  }

  /** The same for a layer in which a fault that is due always takes effect: counts that they struck. */
  strike(subject: Subject): readonly Fault[] {
    return this.due(subject).map(({ fault, strike }) => {
      strike();
      return fault;
    });
  }
}
