/** What a process that runs unit tests is told, in a file whose path is in its environment. */
export interface UnitPlan {
  /** Test files, from the copy's root. */
  readonly files: readonly string[];
  /** Where each line of what was found goes. */
  readonly linesFile: string;
  /** How many ids of mutants there are. */
  readonly idCount: number;
  /** Of each test, by its id, the mutants to try; undefined: each test is run once, and what it reaches is noted. */
  readonly trials: Readonly<Record<string, readonly number[]>> | undefined;
}

/** The name of the variable of the environment that has the path of a {@link UnitPlan}. */
export const PLAN_VARIABLE = "AZUKERU_UNIT_PLAN";

/** A line that such a process writes. */
export type UnitLine =
  | {
      readonly kind: "reached";
      readonly test: string;
      readonly name: string;
      readonly file: string;
      /** Whether it passes without any mutant. */
      readonly isGood: boolean;
      readonly ms: number;
      readonly ids: readonly number[];
    }
  /** Before a try, so that one that never ends is known. */
  | { readonly kind: "begun"; readonly test: string; readonly id: number }
  | { readonly kind: "passed" | "failed" | "stuck"; readonly test: string; readonly id: number };
