import type { Clock } from "../../ports/clock.ts";

/**
 * Watches how long the other side of one exchange says nothing, and how slowly it says what it says: one
 * byte now and then must not keep an exchange alive for ever.
 */
export class SilenceTimer {
  readonly #options: SilenceTimerOptions;
  #cancel: () => void = () => undefined;
  #isOver = false;
  #isQuiet = false;
  #movedBytes = 0;
  /** How long it was the other side's turn, before the present one. */
  #listenedMs = 0;
  #listeningSinceMs: number | undefined;

  constructor(options: SilenceTimerOptions) {
    this.#options = options;
  }

  /** Begins anew to wait. Does nothing once it is over: the rest of a body may still go out then. */
  heard(): void {
    this.pause();
    if (this.#isOver) return;
    if (this.#isTooSlow()) return this.#options.onTooSlow();
    this.#listeningSinceMs = this.#options.clock.elapsedMs();
    const { clock, silenceMsMax, quietAfterMs, onQuiet, onSilence } = this.#options;
    // One timer for both: most exchanges hear something before the first ends.
    const firstMs = Math.min(quietAfterMs, silenceMsMax);
    this.#cancel = clock.setTimer(firstMs, () => {
      const leftMs = silenceMsMax - firstMs;
      if (leftMs <= 0) return onSilence();
      this.#isQuiet = true;
      this.#cancel = clock.setTimer(leftMs, onSilence);
      onQuiet(leftMs);
    });
  }

  /** So many bytes came, or were taken. */
  moved(byteCount: number): void {
    this.#movedBytes += byteCount;
  }

  /** It is not the other side's turn; goes on with `heard`. */
  pause(): void {
    this.#cancel();
    if (this.#listeningSinceMs !== undefined) {
      this.#listenedMs += this.#options.clock.elapsedMs() - this.#listeningSinceMs;
      this.#listeningSinceMs = undefined;
    }
    if (!this.#isQuiet) return;
    this.#isQuiet = false;
    this.#options.onHeard();
  }

  /** The exchange is over. */
  end(): void {
    this.#isOver = true;
    this.pause();
  }

  #isTooSlow(): boolean {
    const { exchangeMsMax, bytesPerSecondMin } = this.#options;
    return this.#listenedMs > exchangeMsMax + (this.#movedBytes * 1000) / bytesPerSecondMin;
  }
}

interface SilenceTimerOptions {
  readonly clock: Clock;
  /** `onSilence` is called once, when nothing was heard for so long. */
  readonly silenceMsMax: number;
  readonly onSilence: () => void;
  /**
   * `onTooSlow` is called when an exchange waited for the other side for longer than `exchangeMsMax` and
   * what its bytes take at `bytesPerSecondMin`.
   */
  readonly exchangeMsMax: number;
  readonly bytesPerSecondMin: number;
  readonly onTooSlow: () => void;
  /** `onQuiet` is called when nothing was heard for so long; `leftMs` are left then. */
  readonly quietAfterMs: number;
  readonly onQuiet: (leftMs: number) => void;
  /** Called behind `onQuiet`, when something was heard or nothing is awaited any more. */
  readonly onHeard: () => void;
}
