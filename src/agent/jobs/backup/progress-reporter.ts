import type { Progress } from "../../agent-api.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import { FileIndex } from "../../state/file-index.ts";
import type { JobFileRecord, JobRecord, SourceFolder } from "../../state/records.ts";
import { SqliteNameSpill } from "../../state/sqlite-name-spill.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { BackupRecorder } from "./backup-recorder.ts";
import { countTotals, type Totals } from "./count-totals.ts";

/** What a reporter works with; without `onProgress` it does nothing at all. */
export interface ProgressReporterOptions {
  readonly database: StateDatabase;
  readonly disk: SourceDisk;
  readonly source: SourceFolder;
  readonly includeHidden: boolean;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/** Tells how far a job is (F31). Totals: what the last runs saw, or for a first run a count beside it. */
export class ProgressReporter {
  readonly #options: ProgressReporterOptions;
  #totals: Totals | null = null;
  #isEnded = false;

  constructor(options: ProgressReporterOptions) {
    this.#options = options;
  }

  /** The job's row was written or ended. */
  job(job: JobRecord): void {
    this.#isEnded = job.status !== "running";
    if (this.#options.onProgress === undefined || this.#isEnded) return;
    const { database, source } = this.#options;
    const known = new FileIndex(database, source.id).totals();
    if (known.fileCount > 0) this.#totals = known;
    else void this.#count();
  }

  /** A target got its final status. */
  row(row: JobFileRecord, recorder: BackupRecorder): void {
    const filesDone = recorder.counts.processedCount;
    const bytesDone = recorder.processedBytes;
    const totals = this.#totals;
    this.#options.onProgress?.({
      jobId: row.jobId,
      sourcePath: this.#options.source.path,
      filesDone,
      bytesDone,
      // Files that came since the count must not make the job more than finished.
      filesTotal: totals === null ? null : Math.max(totals.fileCount, filesDone),
      bytesTotal: totals === null ? null : Math.max(totals.sizeBytes, bytesDone),
      currentPath: row.path,
    });
  }

  async #count(): Promise<void> {
    const { database, disk, source, includeHidden } = this.#options;
    const isStopped = (): boolean => this.#isEnded;
    const spill = new SqliteNameSpill(database);
    const rootPath = source.path;
    this.#totals = await countTotals({ disk, rootPath, includeHidden, spill, isStopped });
  }
}
