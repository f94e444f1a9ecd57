import { DatabaseSync } from "node:sqlite";

import type { BackupCauseId } from "../../protocol/causes/causes.ts";
import { closeOrphanedJobs } from "../runs/close-orphaned-jobs.ts";
import { failure } from "../core/file-outcome.ts";
import { runBackupJob } from "../jobs/backup/run-backup-job.ts";
import { JobStop } from "../jobs/job-stop.ts";
import type { Log } from "../ports/log.ts";
import type { MemoryActivity } from "../ports/memory.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory } from "../state/job-history.ts";
import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { Settings, SourceFolder } from "../state/records.ts";
import { DEFAULT_SETTINGS } from "../state/settings-store.ts";
import { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";
import { FakeClock } from "./fake-clock.ts";
import { aSource, DESTINATION, smallTuning } from "./fixtures.ts";
import { TestDisk, type Tree } from "./test-disk.ts";
import { MemoryService } from "./memory-service.ts";

/** What a bench is set up with. */
export interface BackupBenchOptions {
  readonly tree?: Tree;
  readonly tuning?: Partial<Tuning>;
  readonly settings?: Partial<Settings>;
}

/** An ended job with the rows of its details. */
export interface BackupResult {
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
  /** Status by path. */
  readonly statuses: Readonly<Record<string, string>>;
}

/** The reasons a person gives a running job. */
export const STOPS = {
  interrupt: {
    failure: failure("interrupted", ["B-INT-1"], "interrupted"),
    rest: "list-rest",
    trustsIndex: true,
  },
  logout: {
    failure: failure("interrupted", ["B-INT-2"], "logged out"),
    rest: "list-rest",
    trustsIndex: true,
  },
  close: {
    failure: failure("unexpected", ["B-UX-6"], "closed"),
    rest: "at-once",
    trustsIndex: false,
  },
} as const;

const NO_LOG: Log = { write: () => undefined };

/** The backup job over a disk, a service and a clock in memory, with real SQL. */
export class BackupBench {
  readonly clock = new FakeClock();
  readonly service = new MemoryService();
  readonly disk: TestDisk;
  readonly source: SourceFolder;
  /** What the gauge tells; far below the budget unless a test sets it. */
  usedBytes: (activity: MemoryActivity) => number = () => 0;
  readonly #file = new DatabaseSync(":memory:");
  readonly #options: BackupBenchOptions;
  #database: StateDatabase;

  constructor(options: BackupBenchOptions = {}) {
    this.#options = options;
    this.disk = new TestDisk(options.tree);
    this.#database = new StateDatabase(this.#file);
    this.source = aSource(this.#database);
    this.service.folders.add(DESTINATION);
  }

  get database(): StateDatabase {
    return this.#database;
  }

  get history(): JobHistory {
    return new JobHistory(this.#database);
  }

  /** Runs a backup to its end. */
  async run(stop: JobStop = new JobStop()): Promise<BackupResult> {
    return this.result(await this.clock.settle(this.start(stop)));
  }

  /** Starts a backup; time stands still meanwhile. */
  start(stop: JobStop = new JobStop()): Promise<JobRecord> {
    return runBackupJob({
      environment: {
        clock: this.clock,
        entropy: { random: () => 0.5 },
        memory: { usedBytes: (activity) => this.usedBytes(activity) },
        log: NO_LOG,
        service: this.service,
        database: this.#database,
        tuning: smallTuning(this.#options.tuning),
      },
      disk: this.disk.source,
      settings: { ...DEFAULT_SETTINGS, ...this.#options.settings },
      source: this.source,
      trigger: "manual",
      stop,
      onJob: () => undefined,
      onRow: () => undefined,
      onProgress: undefined,
    });
  }

  /** The process is killed and a new one starts on the same database, as `Agent.open` does. */
  restart(): void {
    this.service.heal();
    this.disk.restart();
    this.#database = new StateDatabase(this.#file);
    closeOrphanedJobs(this.#database);
  }

  /** What the history says of a job. */
  result(job: JobRecord): BackupResult {
    const { rows } = new JobDetails(this.#database).list(job.id, 1);
    const statuses = Object.fromEntries(rows.map((row) => [row.path, row.status]));
    return { job, rows, statuses };
  }

  /** The path on the service of a path below the source. */
  at(path: string): string {
    return `${DESTINATION}/${path}`;
  }

  /** Contents of the newest generations by path below the source: what a restore would give. */
  stored(): Readonly<Record<string, string>> {
    const entries = [...this.service.generations.keys()].map((path) => [
      path.slice(DESTINATION.length + 1),
      this.service.texts(path).at(-1) ?? "",
    ]);
    return Object.fromEntries(entries);
  }
}

/** The causes of a row, by path. */
export function causesAt(result: BackupResult, path: string): readonly BackupCauseId[] {
  const row = result.rows.find((one) => one.path === path);
  return (row?.causes ?? []) as readonly BackupCauseId[];
}
