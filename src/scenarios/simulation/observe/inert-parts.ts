import type { InertPart, InertReason } from "../../observation/inert-part.ts";

/** Puts down which parts of a scenario did nothing. */
export class InertParts {
  readonly #parts: InertPart[] = [];

  /** All of them, in the order in which that was seen. */
  get all(): readonly InertPart[] {
    return this.#parts;
  }

  /** A part did nothing. */
  note(path: readonly PropertyKey[], reason: InertReason): void {
    this.#parts.push({ path, reason });
  }

  /** A step as a whole did nothing: what stands in it is not told besides. */
  noteStep(step: number, reason: InertReason): void {
    const isInStep = ({ path: [top, at] }: InertPart): boolean => top === "timeline" && at === step;
    const others = this.#parts.filter((part) => !isInStep(part));
    this.#parts.splice(0, this.#parts.length, ...others);
    this.note(["timeline", step], reason);
  }
}
