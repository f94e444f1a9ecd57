import type { BackupCauseId } from "../../protocol/causes/causes.ts";
import { failure } from "../core/file-outcome.ts";
import { runBackupJob } from "../jobs/backup/run-backup-job.ts";
import { JobStop } from "../jobs/job-stop.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { SimDiskOptions } from "../../sim-server/disk/sim-disk.ts";
import type { Settings, SourceFolder } from "../state/records.ts";
import { DEFAULT_SETTINGS } from "../state/settings-store.ts";
import type { Tuning } from "../tuning.ts";
import { aSource, DESTINATION } from "./fixtures.ts";
import { JobBench, type JobResult } from "./job-bench.ts";
import { TestDisk, type Tree } from "./test-disk.ts";
import { message } from "../../messages/message.ts";

/** What a bench is set up with. */
export interface BackupBenchOptions {
  readonly tree?: Tree;
  readonly tuning?: Partial<Tuning>;
  readonly settings?: Partial<Settings>;
  readonly disk?: Partial<SimDiskOptions>;
}

/** The reasons a person gives a running job. */
export const STOPS = {
  interrupt: {
    failure: failure("interrupted", ["B-INT-1"], message("backup.interrupted")),
    rest: "list-rest",
    trustsIndex: true,
  },
  logout: {
    failure: failure("interrupted", ["B-INT-2"], message("backup.logged-out")),
    rest: "list-rest",
    trustsIndex: true,
  },
  close: {
    failure: failure("unexpected", ["B-UX-6"], message("backup.closed")),
    rest: "at-once",
    trustsIndex: false,
  },
} as const;

/** The backup job of one source folder. */
export class BackupBench extends JobBench {
  readonly source: SourceFolder;
  #settings: Partial<Settings>;

  constructor({ tree, tuning, settings = {}, disk }: BackupBenchOptions = {}) {
    super(new TestDisk(tree, "/source", disk), tuning);
    this.#settings = settings;
    this.source = aSource(this.database);
    this.service.folders.add(DESTINATION);
  }

  /** A person changes these settings. */
  changeSettings(changed: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...changed };
  }

  /** Runs a backup to its end. */
  async run(stop: JobStop = new JobStop()): Promise<JobResult> {
    return this.result(await this.clock.settle(this.start(stop)));
  }

  /** Starts a backup; time stands still meanwhile. */
  start(stop: JobStop = new JobStop()): Promise<JobRecord> {
    return runBackupJob({
      environment: this.environment,
      disk: this.disk.source,
      settings: { ...DEFAULT_SETTINGS, ...this.#settings },
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
    this.reopen();
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
export function causesAt(result: JobResult, path: string): readonly BackupCauseId[] {
  const row = result.rows.find((one) => one.path === path);
  return (row?.causes ?? []) as readonly BackupCauseId[];
}
