import type { BackupRequest } from "../jobs/requests.ts";
import { RunStop } from "../jobs/job-stop.ts";
import { runBackups } from "../runs/run-backups.ts";
import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { Settings, SourceFolder } from "../state/records.ts";
import { FileIndex } from "../state/file-index.ts";
import { DEFAULT_SETTINGS } from "../state/settings-store.ts";
import { BackupBench, type BackupBenchOptions } from "./backup-bench.ts";
import { aSource, DESTINATION } from "./fixtures.ts";
import type { JobResult } from "./job-bench.ts";

/** What a run of all sources came to. */
export interface RunResult {
  readonly jobs: readonly JobRecord[];
  /** The first source's backup and delete job. */
  readonly backup: JobResult;
  readonly deletion: JobResult;
}

/** What a run is asked for. */
export interface RunWish extends BackupRequest {
  readonly stop?: RunStop;
  readonly settings?: Partial<Settings>;
}

/** Backups of several source folders, with their delete jobs. */
export class DeleteBench extends BackupBench {
  /** Every row of a job as it was written, changed and ended. */
  readonly told: JobRecord[] = [];
  readonly sources: SourceFolder[];
  readonly #options: BackupBenchOptions;

  constructor(options: BackupBenchOptions = {}) {
    super(options);
    this.#options = options;
    this.sources = [this.source];
  }

  /** Adds a source folder beside the first. */
  addSource(name: string): SourceFolder {
    const destination = DESTINATION.replace(/source$/, name);
    this.service.folders.add(destination);
    this.disk.mkdir(`/${name}`);
    const source = aSource(this.database, { path: `/${name}`, name, destination });
    this.sources.push(source);
    return source;
  }

  /** Backs all sources up, with 差分比較削除 on unless the wish says otherwise. */
  async runAll(wish: RunWish = {}): Promise<RunResult> {
    const jobs = await this.clock.settle(this.startAll(wish));
    const [backup, deletion] = jobs;
    if (backup === undefined) throw new Error("no job ran");
    return { jobs, backup: this.result(backup), deletion: this.result(deletion ?? backup) };
  }

  /** Starts a run; time stands still meanwhile. */
  startAll({ stop = new RunStop(), settings, ...request }: RunWish = {}): Promise<
    readonly JobRecord[]
  > {
    return runBackups({
      environment: this.environment,
      disk: this.disk.source,
      settings: {
        ...DEFAULT_SETTINGS,
        deviceName: "pc",
        compareDelete: true,
        ...this.#options.settings,
        ...settings,
      },
      sources: this.sources,
      service: () => this.service,
      request: {
        onJob: (job) => void this.told.push(job),
        onProgress: (progress) => void this.progress.push(progress),
        ...request,
      },
      stop,
    });
  }

  /** The keys of the first source's index. */
  indexKeys(): readonly string[] {
    return [...new FileIndex(this.database, this.source.id).inOrder()].map(({ key }) => key);
  }

  /** The folders below the first source's destination. */
  storedFolders(): readonly string[] {
    return [...this.service.folders]
      .filter((path) => path.startsWith(`${DESTINATION}/`))
      .map((path) => path.slice(DESTINATION.length + 1))
      .toSorted();
  }
}

/** Paths of rows with a status. */
export function pathsWith(result: JobResult, status: JobFileRecord["status"]): string[] {
  return result.rows.filter((row) => row.status === status).map(({ path }) => path);
}
