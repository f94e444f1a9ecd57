import type { OutputStream } from "../../../terminal/output-stream.ts";
import type { Language } from "../../../terminal/language.ts";
import type { ProgressReading } from "../views/progress.ts";
import { progressParts } from "../views/progress.ts";
import type { ProgressView } from "./progress-view.ts";

/** Nothing is said about a job that is done before this. */
const FIRST_LINE_SECONDS = 10;
const LINE_INTERVAL_SECONDS = 30;

/** Progress where there is no terminal (a log, a mail of cron): a line now and then. */
export class ProgressLines implements ProgressView {
  readonly #stream: OutputStream;
  readonly #language: Language;
  #nextAtSeconds = FIRST_LINE_SECONDS;

  constructor(stream: OutputStream, language: Language) {
    this.#stream = stream;
    this.#language = language;
  }

  show(reading: ProgressReading): void {
    if (reading.elapsedSeconds < this.#nextAtSeconds) return;
    this.#nextAtSeconds = reading.elapsedSeconds + LINE_INTERVAL_SECONDS;
    this.#stream.write(`${progressParts(reading, this.#language).join("  ").trimStart()}\n`);
  }

  clear(): void {
    this.#nextAtSeconds = FIRST_LINE_SECONDS;
  }
}
