/** One fault of a file that a series lets strike: which one follows from the seed of the series and its number. */
export interface SliceStrike {
  readonly path: string;
  readonly seriesSeed: number;
  /** From 0. */
  readonly number: number;
}
