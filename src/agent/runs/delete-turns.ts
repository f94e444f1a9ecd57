import type { BackupCauseId, DeleteCauseId } from "../../protocol/cause.ts";
import { decideDeletion, type DeleteDecision, type ScanFacts } from "../core/delete-decision.ts";
import { failure } from "../core/file-outcome.ts";
import { runDeleteJob } from "../jobs/delete/run-delete-job.ts";
import { JobStop, type StopReason } from "../jobs/job-stop.ts";
import type { RunStopKind } from "../jobs/run-stop.ts";
import type { RunSourcesOptions } from "./run-sources-options.ts";
import { FileIndex } from "../state/file-index.ts";
import { JobHistory, type NewJob } from "../state/job-history.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { SourceFolder } from "../state/records.ts";
import { SourceStore } from "../state/source-store.ts";

const DELETE_STOPS: Record<RunStopKind, StopReason<DeleteCauseId>> = {
  interrupt: {
    failure: failure("interrupted", ["DEL-INT-1"], "a person interrupted the deletion"),
    rest: "list-rest",
    trustsIndex: true,
  },
  logout: {
    failure: failure("interrupted", ["DEL-INT-2"], "somebody logged out during the deletion"),
    rest: "list-rest",
    trustsIndex: true,
  },
  close: {
    failure: failure("unexpected", ["DEL-UX-4"], "the tool was closed during the deletion"),
    rest: "at-once",
    trustsIndex: false,
  },
};

const CLOSED_BY: BackupCauseId = "B-UX-6";

/** A backup that ended, with what its delete job goes by. */
export interface EndedBackup {
  readonly source: SourceFolder;
  readonly job: JobRecord;
  /** Undefined when its scan did not come to its end. */
  readonly scan: ScanFacts | undefined;
  /** The sources whose turns are still to come in this run. */
  readonly following: readonly SourceFolder[];
}

/** The delete jobs of one run over several sources: each takes its turn after its backup (F17). */
export class DeleteTurns {
  readonly #options: RunSourcesOptions;
  readonly #history: JobHistory;
  /** Rows 待機中 by the source's ID. */
  readonly #waiting = new Map<number, { readonly source: SourceFolder; readonly jobId: number }>();
  #hasBegun = false;

  constructor(options: RunSourcesOptions) {
    this.#options = options;
    this.#history = new JobHistory(options.database);
  }

  /** Carries out a backup's delete job, or notes why not. */
  async take(backup: EndedBackup): Promise<JobRecord> {
    const { source, scan } = backup;
    const decision = this.#decide(backup);
    if (decision.kind === "not-run") return this.#skip(source, decision.cause, decision.detail);
    if (scan === undefined) throw new TypeError("a deletion was decided on without a scan");
    const sources = new SourceStore(this.#options.database);
    if (sources.deviceId(source.id) !== scan.deviceId) {
      sources.rememberDevice(source.id, scan.deviceId);
    }
    return this.#run(backup, scan);
  }

  /** The run is over before their turn came: the rows that wait become 未実行. */
  leave(): readonly JobRecord[] {
    const isClosed = this.#options.stop.kind === "close";
    const cause = isClosed ? "DEL-NR-2" : "DEL-NR-1";
    const detail = isClosed
      ? "the tool was closed before this job's turn came"
      : "the run was ended before this job's turn came";
    const left = [...this.#waiting.values()];
    return left.map(({ source }) => this.#skip(source, cause, detail));
  }

  #decide({ source, job, scan }: EndedBackup): DeleteDecision {
    const { database, request, stop } = this.#options;
    const isWaiting = this.#waiting.has(source.id);
    if (stop.kind === "close" && (isWaiting || !job.causes.includes(CLOSED_BY))) {
      return {
        kind: "not-run",
        cause: "DEL-NR-2",
        detail: "the tool was closed before this job's turn came",
      };
    }
    if (stop.kind !== undefined) {
      return { kind: "not-run", cause: "DEL-NR-1", detail: "the run was ended before it" };
    }
    const isManual = (request.trigger ?? "manual") === "manual";
    return decideDeletion({
      backupCauses: job.causes,
      scan,
      hadFiles: new FileIndex(database, source.id).hasFiles(),
      rememberedDeviceId: new SourceStore(database).deviceId(source.id),
      isConfirmed: isManual && request.confirmDeletions === true,
    });
  }

  async #run({ source, following }: EndedBackup, scan: ScanFacts): Promise<JobRecord> {
    const { ports, database, tuning, request } = this.#options;
    const job = this.#start(source);
    this.#queueUp(following);
    const stop = new JobStop<DeleteCauseId>();
    const released = this.#options.stop.onStop((kind) => stop.stop(DELETE_STOPS[kind]));
    try {
      return await runDeleteJob({
        ...ports,
        database,
        tuning,
        source,
        service: this.#options.service(),
        deviceId: scan.deviceId,
        job,
        stop,
        onJob: (changed) => request.onJob?.(changed),
        onRow: (row) => request.onFile?.(row),
        onProgress: request.onProgress,
      });
    } finally {
      released();
    }
  }

  #start(source: SourceFolder): JobRecord {
    const row = this.#newRow(source);
    const waiting = this.#waiting.get(source.id);
    this.#waiting.delete(source.id);
    return waiting === undefined
      ? this.#history.start(row, "DEL-RUN-1")
      : this.#history.startWaiting(waiting.jobId, row.startedAtMs, "DEL-RUN-1");
  }

  /** Once the first deletion of the run begins, those that follow wait for their turn (DEL-WT-1). */
  #queueUp(following: readonly SourceFolder[]): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    for (const source of following) {
      if (this.#waiting.has(source.id)) continue;
      const job = this.#history.wait(this.#newRow(source), "DEL-WT-1");
      this.#waiting.set(source.id, { source, jobId: job.id });
      this.#options.request.onJob?.(job);
    }
  }

  #skip(source: SourceFolder, cause: DeleteCauseId, detail: string): JobRecord {
    const row = this.#newRow(source);
    const why = { causes: [cause], detail };
    const waiting = this.#waiting.get(source.id);
    this.#waiting.delete(source.id);
    const job =
      waiting === undefined
        ? this.#history.notRun(row, why)
        : this.#history.notRunWaiting(waiting.jobId, row.startedAtMs, why);
    this.#options.ports.log.write("info", "delete not run", { job: job.id, cause });
    this.#options.request.onJob?.(job);
    return job;
  }

  #newRow(source: SourceFolder): NewJob {
    const { request, ports } = this.#options;
    return {
      kind: "delete",
      trigger: request.trigger ?? "manual",
      sourceId: source.id,
      sourcePath: source.path,
      destination: source.destination,
      startedAtMs: ports.clock.nowMs(),
      settings: null,
      slotDay: request.slotDay ?? null,
    };
  }
}
