import type { IoKind, IoPoint } from "../../observation/io-point.ts";
import type { DisturbanceScheduler } from "./disturbance-scheduler.ts";

/** Counts the I/O of the tool on the PC in the step under way, and passes it on as a moment. */
export class IoPoints {
  readonly #disturbances: DisturbanceScheduler;
  readonly #elapsedMs: () => number;
  readonly #onPoint: ((point: IoPoint) => void) | undefined;
  #step: number | undefined;
  #count = 0;

  /** `onPoint` is called with every point, before what strikes there. */
  constructor(
    disturbances: DisturbanceScheduler,
    elapsedMs: () => number,
    onPoint?: (point: IoPoint) => void,
  ) {
    this.#disturbances = disturbances;
    this.#elapsedMs = elapsedMs;
    this.#onPoint = onPoint;
  }

  /** Whether points count now. */
  get isCounting(): boolean {
    return this.#step !== undefined;
  }

  /** A step is under way in which points count. */
  begin(step: number): void {
    this.#step = step;
    this.#count = 0;
  }

  /** No step is. */
  end(): void {
    this.#step = undefined;
  }

  /** Something is about to be done. */
  reach(kind: IoKind, detail: string): void {
    if (this.#step === undefined) return;
    this.#count += 1;
    this.#onPoint?.({
      step: this.#step,
      nth: this.#count,
      elapsedMs: this.#elapsedMs(),
      kind,
      detail,
    });
    this.#disturbances.report({ at: "io" });
  }
}
