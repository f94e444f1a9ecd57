import type { Clock } from "../../ports/clock.ts";

/** Watches how long the other side of one exchange says nothing. */
export class SilenceTimer {
  readonly #clock: Clock;
  readonly #silenceMsMax: number;
  readonly #onSilence: () => void;
  #cancel: () => void = () => undefined;
  #isOver = false;

  /** `onSilence` is called once, when nothing was heard for `silenceMsMax`. */
  constructor(clock: Clock, silenceMsMax: number, onSilence: () => void) {
    this.#clock = clock;
    this.#silenceMsMax = silenceMsMax;
    this.#onSilence = onSilence;
  }

  /** Begins anew to wait. Does nothing once it is over: the rest of a body may still go out then. */
  heard(): void {
    this.#cancel();
    if (this.#isOver) return;
    this.#cancel = this.#clock.setTimer(this.#silenceMsMax, this.#onSilence);
  }

  /** It is not the other side's turn; goes on with `heard`. */
  pause(): void {
    this.#cancel();
  }

  /** The exchange is over. */
  end(): void {
    this.#isOver = true;
    this.#cancel();
  }
}
