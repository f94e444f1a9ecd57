import type { RestoreCauseId } from "../../protocol/causes/causes.ts";
import type { RestoreRequest } from "../jobs/requests.ts";
import type { SimDiskOptions } from "../../sim-server/disk/sim-disk.ts";
import { sha256Hex } from "../core/sha256.ts";
import { failure } from "../core/file-outcome.ts";
import { JobStop } from "../jobs/job-stop.ts";
import { cleanLeftovers } from "../jobs/restore/clean-leftovers.ts";
import { runRestoreJob } from "../jobs/restore/run-restore-job.ts";
import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import { RestoreLeftovers } from "../state/restore-leftovers.ts";
import type { Tuning } from "../tuning.ts";
import { JobBench, type JobResult } from "./job-bench.ts";
import { TestDisk, type Tree } from "./test-disk.ts";
import { message } from "../../messages/message.ts";

/** What is on the service: a file's text or its generations, oldest first; `null` is a folder. */
type StoredTree = Readonly<Record<string, string | readonly string[] | null>>;

/** What a bench is set up with. */
export interface RestoreBenchOptions {
  /** Below `FROM` on the service. */
  readonly stored?: StoredTree;
  /** Below `TO` on this PC. */
  readonly target?: Tree;
  /** How that disk is, where it matters. */
  readonly disk?: Partial<SimDiskOptions>;
  readonly tuning?: Partial<Tuning>;
}

/** What one restore is asked for. */
export type BenchRequest = Partial<
  Pick<RestoreRequest, "from" | "to" | "entryKind" | "generation" | "onConflict" | "trigger">
>;

/** The restored folder on the service. */
export const FROM = "セキュリティ領域/自動バックアップ/管理者フォルダ(taro)/pc/source";
/** The chosen folder on this PC. */
export const TO = "/target";
/** When every stored file was modified: a time that Node's `utimes`, which takes seconds, keeps exactly. */
export const STORED_AT_NS = 1_700_000_000_125_000_000n;

/** The reasons a person gives a running restore. */
export const RESTORE_STOPS = {
  logout: {
    failure: failure<RestoreCauseId>("unexpected", ["R-UX-6"], message("restore.logged-out")),
    rest: "at-once",
    trustsIndex: false,
  },
  close: {
    failure: failure<RestoreCauseId>("unexpected", ["R-UX-1"], message("restore.closed")),
    rest: "at-once",
    trustsIndex: false,
  },
} as const;

/** The restore job. */
export class RestoreBench extends JobBench {
  readonly stop = new JobStop<RestoreCauseId>();
  /** Called for each row with its final status. */
  onRow: (row: JobFileRecord) => void = () => undefined;

  constructor(options: RestoreBenchOptions = {}) {
    super(new TestDisk(options.target, TO, options.disk), options.tuning);
    this.service.folders.add(FROM);
    for (const [path, content] of Object.entries(options.stored ?? {})) this.store(path, content);
  }

  get leftovers(): RestoreLeftovers {
    return new RestoreLeftovers(this.database);
  }

  /** Whatever stands under a temporary name, anywhere on the disk. */
  temporaryPaths(): readonly string[] {
    return Object.keys(this.disk.tree("/")).filter((path) => /(^|\/)\.azukeru-/i.test(path));
  }

  /** Puts something on the service, with the folders above it. */
  store(path: string, content: string | readonly string[] | null): void {
    const at = `${FROM}/${path}`;
    for (let end = at.length; end > FROM.length; end = at.lastIndexOf("/", end - 1)) {
      if (end < at.length || content === null) this.service.folders.add(at.slice(0, end));
    }
    if (content === null) return;
    const texts = typeof content === "string" ? [content] : content;
    this.service.generations.set(
      at,
      texts.map((text) => ({
        sizeBytes: Buffer.byteLength(text),
        modifiedAtNs: String(STORED_AT_NS),
        mode: null,
        sha256: sha256Hex(Buffer.from(text)),
        content: Buffer.from(text),
      })),
    );
  }

  /** Runs a restore to its end. */
  async run(request: BenchRequest = {}): Promise<JobResult> {
    return this.result(await this.clock.settle(this.start(request)));
  }

  /** Starts a restore; time stands still meanwhile. */
  start(request: BenchRequest = {}): Promise<JobRecord> {
    const { from = FROM, to = TO, entryKind, generation } = request;
    return runRestoreJob({
      environment: this.environment,
      disk: this.disk.target,
      source: { place: from.split("/"), entryKind, generation },
      targetPath: to,
      onConflict: request.onConflict ?? "skip",
      trigger: request.trigger ?? "manual",
      stop: this.stop,
      onJob: () => undefined,
      onRow: (row) => this.onRow(row),
      onProgress: (progress) => void this.progress.push(progress),
    });
  }

  /** The process is killed and a new one starts its next run on the same database and disk. */
  async restart(): Promise<void> {
    this.reopen();
    const { leftovers } = this;
    await cleanLeftovers({ disk: this.disk.target, leftovers, log: this.log });
  }
}
