import type { PlaceTag } from "../../../protocol/http/place-tag.ts";

/** One stretch of a contract's history: how far it went, in changes counted from the contract's beginning. */
export interface Timeline {
  readonly id: string;
  /** The last change that belongs to it. */
  readonly revision: number;
}

/** Timelines that are kept; of older ones nothing is known any more. */
export const TIMELINE_COUNT_MAX = 100;

/**
 * What happened to a contract, as far as it takes to tell whether a state that somebody saw is one that it
 * came through (as PostgreSQL does it with timelines). A contract that was put back to an older state goes on
 * in a new timeline: what had come behind that state is no part of its history any more.
 */
export class ServiceHistory {
  readonly #newId: () => string;
  readonly #onChange: (history: ServiceHistory) => void;
  /** Oldest first; the last one goes on unless the next change begins another. */
  #timelines: Timeline[] = [];
  #goesOn = false;

  /**
   * `newId` gives an id that no timeline of any service has or had; `onChange` is told of each change, by
   * default nobody is.
   */
  constructor(newId: () => string, onChange: (history: ServiceHistory) => void = () => undefined) {
    this.#newId = newId;
    this.#onChange = onChange;
  }

  /** Something changed. */
  change(): void {
    const last = this.#timelines.at(-1);
    const revision = (last?.revision ?? 0) + 1;
    if (this.#goesOn && last !== undefined) this.#timelines.pop();
    const id = this.#goesOn && last !== undefined ? last.id : this.#newId();
    this.#goesOn = true;
    this.#timelines.push({ id, revision });
    if (this.#timelines.length > TIMELINE_COUNT_MAX) this.#timelines.shift();
    this.#onChange(this);
  }

  /** Where it stands now. */
  get now(): Pick<PlaceTag, "timeline" | "revision"> {
    if (this.#timelines.length === 0) this.change();
    const last = this.#timelines.at(-1);
    return { timeline: last?.id ?? "", revision: last?.revision ?? 0 };
  }

  /** Whether it came through a state and is that one or a later one. */
  holds({ timeline, revision }: Pick<PlaceTag, "timeline" | "revision">): boolean {
    return this.#timelines.some((each) => each.id === timeline && revision <= each.revision);
  }

  /** All of it, for snapshots. */
  get timelines(): readonly Timeline[] {
    return [...this.#timelines];
  }

  /** Puts it back to what a snapshot has; the next change begins a new timeline. */
  restore(timelines: readonly Timeline[]): void {
    this.#timelines = [...timelines];
    this.#goesOn = false;
  }
}
