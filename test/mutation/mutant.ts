import { createHash } from "node:crypto";

/** One small change of the source, switched on at run time in the instrumented copy. */
export interface Mutant {
  /** Its number in the instrumented copy; another copy may number it otherwise. */
  readonly id: number;
  /** What it is wherever it stands: the same as long as its function and its text are. See {@link keyOf}. */
  readonly key: string;
  /** From the project's root. */
  readonly file: string;
  /** First and last line of what it replaces, from 1. */
  readonly line: number;
  readonly endLine: number;
  /** Functions and classes around it, outermost first, as `Outer.inner`; empty at the top of a module. */
  readonly within: string;
  /** What kind of change it is, in StrykerJS's words. */
  readonly mutator: string;
  /** What is replaced, and by what, each run of white space being one space. */
  readonly original: string;
  readonly replacement: string;
}

/** What names a mutant in lists that people keep. */
export type MutantName = Pick<Mutant, "file" | "within" | "mutator" | "original" | "replacement">;

/**
 * The key of the `nth` mutant of one name in its function, from 0. Lines are no part of it, so that an edit
 * elsewhere leaves it as it is; the order in which mutants are tried follows from it.
 */
export function keyOf(name: MutantName, nth: number): string {
  const { file, within, mutator, original, replacement } = name;
  const text = JSON.stringify([file, within, mutator, original, replacement, nth]);
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** A text as it stands in a name: white space is layout. */
export function flat(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** A fair sample: one in `oneIn`, the same ones every time. */
export function isInSample({ key }: Pick<Mutant, "key">, oneIn: number): boolean {
  return Number.parseInt(key.slice(0, 8), 16) % oneIn === 0;
}
