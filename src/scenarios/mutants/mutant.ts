import { SpokenError } from "../../messages/spoken-error.ts";
import type { Words } from "../../terminal/language.ts";

/** What can notice a mutant: generated scenarios, crashes at every I/O point of a day, or every fault at every point of small scenarios. */
export const NOTICERS = ["scenarios", "sweep", "fault-sweep"] as const;

/** One of {@link NOTICERS}. */
export type Noticer = (typeof NOTICERS)[number];

/** The project with something removed from the agent or the service, which must be noticed. */
export interface Mutant {
  /** The name of its patch, without `.patch`. */
  readonly name: string;
  /** What is no longer done. */
  readonly removes: Words;
  /** Each of them alone has to notice it. */
  readonly noticedBy: readonly Noticer[];
  /** Its place among all mutants, from 1; the one of several that come by name. */
  readonly position: number;
  /** The patch that makes it, for `git apply`. */
  readonly patchPath: string;
}

/** A patch is no mutant, or cannot be applied; the message names it and says what to do. */
export class MutantError extends SpokenError {
  override readonly name: string = "MutantError";
}
