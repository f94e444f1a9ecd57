import type { Progress } from "../../jobs/requests.ts";
import type { ProgressReading } from "../views/progress.ts";

interface Sample {
  readonly atMs: number;
  readonly bytesDone: number;
  readonly filesDone: number;
}

/** How far back the speed looks: long enough to be steady, short enough to follow a change. */
const WINDOW_MS = 8_000;
const SAMPLE_INTERVAL_MS = 250;
/** Work that lies in a file whatever its size, in bytes: opening, asking, recording. */
const FILE_OVERHEAD_BYTES = 16 * 1024;

/** Measures the speed of one job from its progress. Times are milliseconds that never go back. */
export class ProgressMeter {
  readonly #startedAtMs: number;
  #samples: Sample[];

  constructor(startedAtMs: number) {
    this.#startedAtMs = startedAtMs;
    this.#samples = [{ atMs: startedAtMs, bytesDone: 0, filesDone: 0 }];
  }

  /** Takes a moment in and says what is known now. */
  read(progress: Progress, nowMs: number): ProgressReading {
    const { filesDone, filesTotal, bytesDone, bytesTotal } = progress;
    const newest = this.#samples.at(-1);
    if (newest === undefined || nowMs - newest.atMs >= SAMPLE_INTERVAL_MS) {
      this.#samples.push({ atMs: nowMs, bytesDone, filesDone });
      this.#dropOldSamples(nowMs);
    }
    const since = this.#referenceFor(progress);
    const spanSeconds = (nowMs - since.atMs) / 1000;
    const isKnown = spanSeconds >= SAMPLE_INTERVAL_MS / 1000;
    const work = workOf(bytesDone, filesDone);
    const total =
      filesTotal === null || bytesTotal === null ? null : workOf(bytesTotal, filesTotal);
    // Files without content say nothing about how long the bytes will take.
    const isTelling = isKnown && (bytesDone > 0 || bytesTotal === 0);
    const speed = (work - workOf(since.bytesDone, since.filesDone)) / spanSeconds;
    return {
      progress,
      elapsedSeconds: Math.max(0, nowMs - this.#startedAtMs) / 1000,
      bytesPerSecond: isKnown ? Math.round((bytesDone - since.bytesDone) / spanSeconds) : null,
      secondsLeft:
        total === null || !isTelling || speed <= 0 ? null : Math.max(0, total - work) / speed,
      ratio: total === null ? null : total === 0 ? 1 : Math.min(1, work / total),
    };
  }

  /** What the speed is measured from: some seconds ago or, when nothing moved since, the start. */
  #referenceFor({ bytesDone, filesDone }: Progress): Sample {
    const oldest = this.#samples[0];
    if (oldest !== undefined && (oldest.bytesDone < bytesDone || oldest.filesDone < filesDone)) {
      return oldest;
    }
    return { atMs: this.#startedAtMs, bytesDone: 0, filesDone: 0 };
  }

  #dropOldSamples(nowMs: number): void {
    const firstKept = this.#samples.findIndex(({ atMs }) => nowMs - atMs <= WINDOW_MS);
    this.#samples = this.#samples.slice(Math.max(0, firstKept));
  }
}

/** So that a million empty files move the bar as well. */
function workOf(bytes: number, files: number): number {
  return bytes + files * FILE_OVERHEAD_BYTES;
}
