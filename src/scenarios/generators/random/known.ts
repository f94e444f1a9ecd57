/** What a generated step may refer to; numbers refer to them modulo their count. */
export interface Known {
  readonly sources: readonly string[];
  /** Files, at least one. */
  readonly files: readonly string[];
  /** Files and folders below the sources. */
  readonly paths: readonly string[];
}

/** Something that still has to be told what there is. */
export type Unplaced<Value> = (known: Known) => Value;

/** The path that a number refers to. */
export function pick(from: readonly string[], at: number): string {
  return from[at % from.length] ?? "/data";
}
