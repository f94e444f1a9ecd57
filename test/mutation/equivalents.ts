import { readFileSync } from "node:fs";

import { parse } from "yaml";
import * as z from "zod";

import { flat, type Mutant } from "./mutant.ts";

/** Mutants that change nothing that anybody could tell, with the reason why. */
const equivalentSchema = z.strictObject({
  file: z.string().min(1),
  within: z.string(),
  /** Default: whatever kind of change it is. */
  mutator: z.string().optional(),
  original: z.string().min(1),
  replacement: z.string(),
  reason: z.string().min(20),
});

type Equivalent = z.infer<typeof equivalentSchema>;

/** The committed list of mutants that are as good as the source. */
export class Equivalents {
  readonly #list: readonly Equivalent[];

  constructor(list: readonly Equivalent[]) {
    this.#list = list;
  }

  /** Reads the list. Throws a `ZodError` for a file that is none. */
  static read(path: string): Equivalents {
    const list = z.array(equivalentSchema).parse(parse(readFileSync(path, "utf8")) ?? []);
    return new Equivalents(list);
  }

  /** Why a mutant is equivalent; undefined: nobody said that it is. */
  reasonOf(mutant: Mutant): string | undefined {
    return this.#list.find((one) => isNamed(one, mutant))?.reason;
  }

  /** The files that it names. */
  files(): ReadonlySet<string> {
    return new Set(this.#list.map(({ file }) => file));
  }

  /** Entries that name no mutant any more. */
  idle(mutants: readonly Mutant[]): readonly Equivalent[] {
    return this.#list.filter((one) => !mutants.some((mutant) => isNamed(one, mutant)));
  }
}

function isNamed(one: Equivalent, mutant: Mutant): boolean {
  return (
    one.file === mutant.file &&
    one.within === mutant.within &&
    (one.mutator === undefined || one.mutator === mutant.mutator) &&
    flat(one.original) === mutant.original &&
    flat(one.replacement) === mutant.replacement
  );
}
