import { applyMutant } from "./apply-mutant.ts";
import { NOTICERS, type Mutant, type Noticer } from "./mutant.ts";
import {
  MutantRunError,
  runMutant,
  type MutantResult,
  type MutantRunOptions,
} from "./run-mutant.ts";
import { sweepFaultsMutant } from "./sweep-faults-mutant.ts";
import { sweepMutant } from "./sweep-mutant.ts";

/** How one trial ended. */
export interface Tried {
  readonly trial: Trial;
  /** `unjudged`: the harness itself failed, so that nobody looked. */
  readonly outcome: "noticed" | "not-noticed" | "unjudged";
  /** What noticed it, or how the harness failed. */
  readonly reasons: readonly string[];
  readonly runCount: number;
}

/** Tries a mutant in a copy of the project. Throws `MutantError` where its patch does not apply. */
export async function tryMutant(
  project: string,
  trial: Trial,
  limits: MutantRunOptions,
): Promise<Tried> {
  const { mutant, noticer } = trial;
  using copy = applyMutant(project, mutant);
  try {
    const { exitCode, noticedBy, runCount } = await RUNNERS[noticer](copy.folder, limits);
    const outcome = exitCode === 0 ? "not-noticed" : "noticed";
    return { trial, outcome, reasons: noticedBy, runCount };
  } catch (error) {
    if (!(error instanceof MutantRunError)) throw error;
    // The others are tried all the same: a list of 200 takes half an hour.
    return {
      trial,
      outcome: "unjudged",
      reasons: [error.message],
      runCount: 0,
    };
  }
}

const RUNNERS: Readonly<
  Record<Noticer, (folder: string, options: MutantRunOptions) => Promise<MutantResult>>
> = { scenarios: runMutant, sweep: sweepMutant, "fault-sweep": sweepFaultsMutant };

/** A mutant and what has to notice it. */
export interface Trial {
  readonly mutant: Mutant;
  readonly noticer: Noticer;
}

/** All for the scenarios, then all for each sweep; a mutant that several have to notice comes as often. */
export function trials(mutants: readonly Mutant[]): readonly Trial[] {
  return NOTICERS.flatMap((noticer) =>
    mutants
      .filter(({ noticedBy }) => noticedBy.includes(noticer))
      .map((mutant): Trial => ({ mutant, noticer })),
  );
}
