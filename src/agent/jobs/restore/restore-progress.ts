import type { Progress } from "../requests.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { RestoreRecorder } from "./restore-recorder.ts";

/** Tells how far a restore is (F31); without a listener it does nothing at all. */
export class RestoreProgress {
  readonly #onProgress: ((progress: Progress) => void) | undefined;
  #job: JobRecord | undefined;

  constructor(onProgress: ((progress: Progress) => void) | undefined) {
    this.#onProgress = onProgress;
  }

  /** The job's row was written or ended. */
  job(job: JobRecord): void {
    this.#job = job;
  }

  /** Something got done at a path. */
  moved(currentPath: string, recorder: RestoreRecorder): void {
    if (this.#onProgress === undefined || this.#job === undefined) return;
    const { totals } = recorder;
    const filesDone = recorder.counts.processedCount;
    const bytesDone = recorder.processedBytes;
    this.#onProgress({
      jobId: this.#job.id,
      sourcePath: this.#job.sourcePath,
      filesDone,
      bytesDone,
      // What turned out larger than it was listed must not make the job more than finished.
      filesTotal: totals === null ? null : Math.max(totals.targetCount, filesDone),
      bytesTotal: totals === null ? null : Math.max(totals.targetBytes, bytesDone),
      currentPath,
    });
  }
}
