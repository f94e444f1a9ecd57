import type { Words } from "../../terminal/language.ts";
import { INVARIANTS, type InvariantId, type Violation } from "../checkers/shared/violation.ts";

/** Of one invariant no more than so many violations are shown. */
const SHOWN_COUNT_MAX = 20;

/** The violations of one invariant: those that are shown, and how many more there are. */
interface LimitedViolations {
  readonly invariant: InvariantId;
  readonly text: Words;
  readonly shown: readonly Violation[];
  readonly furtherCount: number;
}

/** Violations by their invariants, at most 20 of each, in the order in which they were found. */
export function limitViolations(violations: readonly Violation[]): readonly LimitedViolations[] {
  return [...Map.groupBy(violations, ({ invariant }) => invariant)].map(([invariant, found]) => ({
    invariant,
    text: INVARIANTS[invariant],
    shown: found.slice(0, SHOWN_COUNT_MAX),
    furtherCount: Math.max(0, found.length - SHOWN_COUNT_MAX),
  }));
}
