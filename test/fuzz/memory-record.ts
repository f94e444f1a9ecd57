/** Bytes by which what is kept may differ: the engine keeps more and more code in its quicker forms. */
const DRIFT_BYTES_MAX = 16 * 2 ** 20;

/** Share of the rounds after which everything has been used once. */
const WARM_UP_SHARE = 0.2;

/** What a process kept in memory, garbage apart, at the moments at which it was looked at. */
export class MemoryRecord {
  readonly #rounds: number[] = [];
  readonly #full: number[] = [];
  #emptyBytes: number | undefined;

  /** After a round of requests, with nothing planted. */
  noteRound(keptBytes: number): void {
    this.#rounds.push(keptBytes);
  }

  /** After every store was filled beyond its end. */
  noteFull(keptBytes: number): void {
    this.#full.push(keptBytes);
  }

  /** When all was emptied again. */
  noteEmpty(keptBytes: number): void {
    this.#emptyBytes = keptBytes;
  }

  /** Where memory is not level. */
  faults(): readonly string[] {
    const warm = this.#warmBytes();
    const late = Math.max(...this.#rounds.slice(-3));
    const [first = 0, second = 0] = this.#full;
    const growths = [
      ["the requests behind the warm-up", late - warm],
      ["filling what was full", second - first],
      ["all that was emptied", (this.#emptyBytes ?? 0) - late],
    ] as const;
    const faults = growths.flatMap(([what, bytes]) =>
      bytes > DRIFT_BYTES_MAX ? [`${megabytes(bytes)} MB more are kept after ${what}`] : [],
    );
    // A process that keeps nothing when it is full was not looked at.
    if (this.#emptyBytes !== undefined && first <= late) faults.push("filling kept nothing");
    return faults;
  }

  /** All of it in one line. */
  summary(): string {
    const texts = [
      `${megabytes(this.#warmBytes())} MB warm`,
      `${megabytes(this.#rounds.at(-1) ?? 0)} MB after the last request`,
      `${this.#full.map(megabytes).join(" and ")} MB full`,
      `${megabytes(this.#emptyBytes ?? 0)} MB emptied`,
    ];
    return `kept ${texts.join(", ")}`;
  }

  #warmBytes(): number {
    return this.#rounds[Math.ceil(this.#rounds.length * WARM_UP_SHARE) - 1] ?? 0;
  }
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
