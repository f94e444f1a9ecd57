import type { RunOutcome } from "../runs/run-outcome.ts";
import { message } from "../../messages/message.ts";
import { speak } from "../../command-line/process-language.ts";

/** Without a terminal a line is written each time so much of the whole is done. */
const SPARSE_STEPS = 5;

/** Between two updates of the line on a terminal. */
const UPDATE_MS = 100;

/** One line that shows how far a series is; a few lines where there is no terminal. */
export class RunProgress {
  readonly #stream: NodeJS.WriteStream;
  readonly #total: number;
  readonly #elapsedMs: () => number;
  #done = 0;
  #failed = 0;
  #shownSteps = 0;
  #shownAtMs = -UPDATE_MS;

  constructor(stream: NodeJS.WriteStream, total: number, elapsedMs: () => number) {
    this.#stream = stream;
    this.#total = total;
    this.#elapsedMs = elapsedMs;
  }

  /** One more run is over. */
  advance(outcome: RunOutcome): void {
    this.#done += 1;
    if (outcome.violations.length > 0) this.#failed += 1;
    if (this.#stream.isTTY) {
      if (this.#elapsedMs() - this.#shownAtMs < UPDATE_MS && this.#done < this.#total) return;
      this.#shownAtMs = this.#elapsedMs();
      this.#stream.write(`\r\u001b[K${this.#line()}`);
      return;
    }
    const steps = Math.floor((this.#done / this.#total) * SPARSE_STEPS);
    if (steps === this.#shownSteps) return;
    this.#shownSteps = steps;
    this.#stream.write(`${this.#line()}\n`);
  }

  /** Clears the line away. */
  end(): void {
    if (this.#stream.isTTY) this.#stream.write("\r\u001b[K");
  }

  #line(): string {
    const seconds = this.#elapsedMs() / 1000;
    const speed = (this.#done / Math.max(seconds, 0.001)).toFixed(0);
    const progress = message("harness.progress", { done: this.#done, total: this.#total, speed });
    return speak(
      this.#failed === 0
        ? progress
        : message("harness.progress-broken", { progress, count: this.#failed }),
    );
  }
}
