import type { Progress } from "../requests.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import { FileIndex } from "../../state/file-index.ts";
import { JobHistory } from "../../state/job-history.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { SourceFolder } from "../../state/records.ts";
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
  #jobId = 0;
  #isEnded = false;

  constructor(options: ProgressReporterOptions) {
    this.#options = options;
  }

  /** The job's row was written or ended. */
  job(job: JobRecord): void {
    this.#jobId = job.id;
    this.#isEnded = job.status !== "running";
    if (this.#options.onProgress === undefined || this.#isEnded) return;
    const { database, source } = this.#options;
    // What an unfinished job left in the index says little about how much there is.
    const isIndexWhole = new JobHistory(database).isLastCompleted("backup", source.id);
    if (isIndexWhole) this.#totals = new FileIndex(database, source.id).totals();
    else void this.#count();
  }

  /** Something got done at a path. */
  moved(currentPath: string, recorder: BackupRecorder): void {
    if (this.#options.onProgress === undefined) return;
    const filesDone = recorder.counts.processedCount;
    const bytesDone = recorder.processedBytes;
    const totals = this.#totals;
    this.#options.onProgress({
      jobId: this.#jobId,
      sourcePath: this.#options.source.path,
      filesDone,
      bytesDone,
      // Files that came since the count must not make the job more than finished.
      filesTotal: totals === null ? null : Math.max(totals.fileCount, filesDone),
      bytesTotal: totals === null ? null : Math.max(totals.sizeBytes, bytesDone),
      currentPath,
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
