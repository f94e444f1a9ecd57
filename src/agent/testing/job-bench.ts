import { DatabaseSync } from "node:sqlite";

import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { JobEnvironment } from "../jobs/job-environment.ts";
import type { Progress } from "../jobs/requests.ts";
import type { Log } from "../ports/log.ts";
import type { HeldEntries, MemoryActivity } from "../ports/memory.ts";
import { closeOrphanedJobs } from "../runs/close-orphaned-jobs.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory } from "../state/job-history.ts";
import { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";
import { FakeClock } from "./fake-clock.ts";
import { smallTuning } from "./fixtures.ts";
import { MemoryService } from "./memory-service.ts";
import type { TestDisk } from "./test-disk.ts";

/** An ended job with all rows of its details. */
export interface JobResult {
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
  /** Status by path. */
  readonly statuses: Readonly<Record<string, string>>;
  /** Status and causes by path, as `status cause cause`. */
  readonly outcomes: Readonly<Record<string, string>>;
}

/** What a job of any kind runs on: a disk, a service and a clock in memory, with real SQL. */
export abstract class JobBench {
  readonly clock = new FakeClock();
  readonly service = new MemoryService();
  readonly disk: TestDisk;
  readonly logged: string[] = [];
  readonly progress: Progress[] = [];
  /** What the gauge tells; far below the budget unless a test sets it. */
  usedBytes: (activity: MemoryActivity) => number = () => 0;
  /** What the PC lets the process hold. */
  allowedBytes = Number.POSITIVE_INFINITY;
  /** What the stages hold now, and the most entries that they ever held at once. */
  readonly held = { entryCount: 0, pathBytes: 0, entryCountMax: 0 };
  protected readonly log: Log = {
    write: (level, event, fields) =>
      void this.logged.push(JSON.stringify({ level, event, fields })),
  };
  readonly #file = new DatabaseSync(":memory:");
  readonly #tuning: Tuning;
  #database: StateDatabase;

  constructor(disk: TestDisk, tuning?: Partial<Tuning>) {
    this.disk = disk;
    this.#tuning = smallTuning(tuning);
    this.#database = new StateDatabase(this.#file);
  }

  get database(): StateDatabase {
    return this.#database;
  }

  get history(): JobHistory {
    return new JobHistory(this.#database);
  }

  protected get environment(): JobEnvironment {
    return {
      clock: this.clock,
      entropy: { random: () => 0.5 },
      memory: {
        usedBytes: (activity) => this.usedBytes(activity),
        allowedBytes: () => this.allowedBytes,
        take: (held) => this.#hold(held, 1),
        give: (held) => this.#hold(held, -1),
      },
      log: this.log,
      service: this.service,
      database: this.#database,
      tuning: this.#tuning,
    };
  }

  #hold({ entryCount, pathBytes }: HeldEntries, sign: 1 | -1): void {
    this.held.entryCount += sign * entryCount;
    this.held.pathBytes += sign * pathBytes;
    this.held.entryCountMax = Math.max(this.held.entryCountMax, this.held.entryCount);
  }

  /** What the history says of a job. */
  result(job: JobRecord): JobResult {
    const details = new JobDetails(this.#database);
    const { pageCount } = details.list(job.id, 1);
    const pages = Array.from({ length: pageCount }, (_, index) => details.list(job.id, index + 1));
    const rows = pages.flatMap((page) => page.rows);
    return {
      job,
      rows,
      statuses: Object.fromEntries(rows.map(({ path, status }) => [path, status])),
      outcomes: Object.fromEntries(
        rows.map(({ path, status, causes }) => [path, [status, ...causes].join(" ")]),
      ),
    };
  }

  /** The process is killed and a new one starts on the same database and disk, as `Agent.open` does. */
  protected reopen(): void {
    this.disk.restart();
    this.#database = new StateDatabase(this.#file);
    closeOrphanedJobs(this.#database);
  }
}
