import cliProgress from "cli-progress";

import type { OutputStream } from "../../../terminal/output-stream.ts";
import type { Language } from "../../../terminal/language.ts";
import type { ProgressReading } from "../views/progress.ts";
import { progressParts } from "../views/progress.ts";
import type { ProgressView } from "./progress-view.ts";
import { renderBar } from "../../../terminal/render-bar.ts";
import { textWidth } from "../../../terminal/text-width.ts";

const BAR_WIDTH = 24;
const BAR_WIDTH_MIN = 8;

/** One line on a terminal that is drawn anew up to ten times a second. */
export class ProgressBar implements ProgressView {
  readonly #stream: OutputStream;
  readonly #language: Language;
  #bar: cliProgress.SingleBar | undefined;

  constructor(stream: OutputStream, language: Language) {
    this.#stream = stream;
    this.#language = language;
  }

  show(reading: ProgressReading): void {
    if (this.#bar === undefined) {
      this.#bar = new cliProgress.SingleBar({
        stream: this.#stream,
        fps: 10,
        hideCursor: true,
        clearOnComplete: true,
        // Signals are the command's business; the bar must not end on its own.
        gracefulExit: false,
        format: (_options, _params, payload: { reading: ProgressReading }) =>
          progressLine(payload.reading, this.#language, this.#stream.columns ?? 80),
      });
      this.#bar.start(1, 0, { reading });
    }
    this.#bar.update(reading.ratio ?? 0, { reading });
  }

  clear(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

/** The line for a width: all parts and a bar where there is room, else fewer parts. */
export function progressLine(reading: ProgressReading, language: Language, width: number): string {
  const parts = [...progressParts(reading, language)];
  const room = (): number => width - 1 - textWidth(parts.join("  ")) - 1;
  while (parts.length > 1 && room() < BAR_WIDTH_MIN) parts.pop();
  const barWidth = Math.min(BAR_WIDTH, room());
  const bar = barWidth < BAR_WIDTH_MIN ? "" : `${renderBar(reading.ratio ?? 0, barWidth)} `;
  return bar + parts.join("  ");
}
