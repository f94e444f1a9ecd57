import { checkRun } from "../checkers/check-run.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { CrashFact } from "../observation/crash-fact.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { nextSlotsHeal, oneMailPerTroubledSlot, onceASlot } from "./slots-and-mails.ts";
import { wholeTargetsAtCrash } from "./targets-at-crash.ts";

/** A run that was struck, and the same scenario without a crash. */
export interface SweptRun {
  readonly calm: RunRecord;
  readonly record: RunRecord;
  /** Number of the timeline's step in which it was struck. */
  readonly step: number;
  readonly crash: CrashFact;
}

/**
 * Checks a run that was struck at one point: all that holds for every run, and what can be said more
 * sharply of one that nothing but the crash disturbs. What the calm run lacks too, because the scenario
 * itself has other troubles, is no doing of the crash and is left out.
 */
export function checkSweptRun({ calm, record, step, crash }: SweptRun): readonly Violation[] {
  const { violations } = checkRun(record);
  if (record.driver.kind !== "done") return violations;
  const sharp = (run: RunRecord): Violation[] => [
    ...onceASlot(run),
    ...oneMailPerTroubledSlot(run, crash),
    ...nextSlotsHeal(run, crash.elapsedMs),
  ];
  const isCalmToo = new Set(sharp(calm).map(textOf));
  return [
    ...violations,
    ...sharp(record).filter((violation) => !isCalmToo.has(textOf(violation))),
    ...wholeTargetsAtCrash(record, crash, step),
  ];
}

/** Tells what is said apart, whatever its language. */
function textOf({ message }: Violation): string {
  return JSON.stringify(message);
}
