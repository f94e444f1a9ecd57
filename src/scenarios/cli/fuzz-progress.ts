import { speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import type { SearchState } from "../search/run-search.ts";
import { durationText } from "./duration.ts";

/** Between two updates of the line on a terminal, two lines elsewhere, and two lines of JSON. */
const EVERY_SECONDS = { terminal: 0.2, elsewhere: 60, json: 10 } as const;

interface FuzzProgressOptions {
  readonly isJson: boolean;
  /** Since the search began. */
  readonly seconds: () => number;
  readonly cpuSeconds: () => number;
}

/** Shows how far a search is: one line on a terminal, one each minute elsewhere, or lines of JSON. */
export class FuzzProgress {
  readonly #options: FuzzProgressOptions;
  readonly #everySeconds: number;
  #nextSeconds: number;

  constructor(options: FuzzProgressOptions) {
    this.#options = options;
    const form = options.isJson ? "json" : process.stderr.isTTY ? "terminal" : "elsewhere";
    this.#everySeconds = EVERY_SECONDS[form];
    this.#nextSeconds = this.#everySeconds;
  }

  /** One more run is over. */
  show(state: SearchState): void {
    const { isJson, cpuSeconds } = this.#options;
    const seconds = this.#options.seconds();
    if (seconds < this.#nextSeconds) return;
    this.#nextSeconds = seconds + this.#everySeconds;
    if (isJson) {
      const figures = { seconds, cpuSeconds: cpuSeconds(), memoryMb: memoryMb() };
      process.stdout.write(`${JSON.stringify({ kind: "progress", ...figures, ...state })}\n`);
      return;
    }
    const line = speak(
      message("fuzz.progress", {
        time: durationText(seconds),
        count: state.runCount,
        speed: (state.runCount / seconds).toFixed(0),
        kept: state.keptCount,
        fresh: state.newFeatureCount,
        features: state.featureCount,
        failures: state.failureCount,
        memory: memoryMb(),
      }),
    );
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
  }

  /** Clears the line away. */
  clear(): void {
    if (process.stderr.isTTY && !this.#options.isJson) process.stderr.write("\r\u001b[K");
  }
}

/** What the process holds of the machine's memory now, in MB. */
export function memoryMb(): number {
  return Math.round(process.memoryUsage.rss() / 2 ** 20);
}
