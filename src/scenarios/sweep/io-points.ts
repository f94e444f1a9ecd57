/** What a process does at a point. */
export const IO_KINDS = ["disk", "database", "network"] as const;

/** One of {@link IO_KINDS}. */
export type IoKind = (typeof IO_KINDS)[number];

/** A moment right before something that a process does to the world, or the world to it. */
export interface IoPoint {
  /** From 1, in the order of the run. */
  readonly number: number;
  readonly kind: IoKind;
  /** Which call, statement or bytes. */
  readonly detail: string;
}

/** Counts the I/O of a process and strikes at one of its points, before what is done there is done. */
export class IoPoints {
  readonly #strikeAt: number;
  readonly #strike: (point: IoPoint) => void;
  #count = 0;
  #isCounting = false;
  #struck: IoPoint | undefined;
  /** Every point so far. */
  readonly passed: IoPoint[] = [];

  /** Strikes at point `strikeAt`; 0 never does. */
  constructor(strikeAt: number, strike: (point: IoPoint) => void) {
    this.#strikeAt = strikeAt;
    this.#strike = strike;
  }

  /** The point at which it struck. */
  get struck(): IoPoint | undefined {
    return this.#struck;
  }

  /** From now on points count. */
  begin(): void {
    this.#isCounting = true;
  }

  /** From now on no point counts. */
  end(): void {
    this.#isCounting = false;
  }

  /** Something is about to be done. */
  reach(kind: IoKind, detail: string): void {
    if (!this.#isCounting || this.#struck !== undefined) return;
    this.#count += 1;
    const point = { number: this.#count, kind, detail };
    this.passed.push(point);
    if (point.number !== this.#strikeAt) return;
    this.#struck = point;
    this.#strike(point);
  }
}
