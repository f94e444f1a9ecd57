import type { BackupCauseId, DeleteCauseId } from "../../protocol/causes/causes.ts";
import {
  decideDeletion,
  HELD_FOLDERS_NAMED_COUNT,
  type DeleteDecision,
  type ScanFacts,
} from "../core/delete-decision.ts";
import { deleteRow, runDeleteJob } from "../jobs/delete/run-delete-job.ts";
import type { JobEnvironment } from "../jobs/job-environment.ts";
import type { RunStop } from "../jobs/job-stop.ts";
import type { BackupRequest } from "../jobs/requests.ts";
import { underRunStop } from "../jobs/stop-reasons.ts";
import type { Service } from "../ports/service.ts";
import type { SourceDisk } from "../ports/source-disk.ts";
import { FileIndex } from "../state/file-index.ts";
import { GoneEntries } from "../state/gone-entries.ts";
import { JobHistory, type NewJob } from "../state/job-history.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { SourceFolder } from "../state/records.ts";
import { SourceStore } from "../state/source-store.ts";
import { message, type Message } from "../../messages/message.ts";
import { isStateFull } from "../state/state-error.ts";

const CLOSED_BY: BackupCauseId = "B-UX-6";

/** The world around a run, what was asked for, and its stop. */
export interface DeleteTurnsOptions {
  readonly environment: Omit<JobEnvironment, "service">;
  /** Asked anew for each job; a login may have changed in between. */
  readonly service: () => Service;
  readonly disk: SourceDisk;
  /** The PC that this is; null where that cannot be told. Default: null. */
  readonly machine?: string | null;
  readonly request: BackupRequest;
  readonly stop: RunStop;
}

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
  readonly #options: DeleteTurnsOptions;
  readonly #history: JobHistory;
  /** Rows 待機中 by the source's ID. */
  readonly #waiting = new Map<number, { readonly source: SourceFolder; readonly jobId: number }>();
  #hasBegun = false;

  constructor(options: DeleteTurnsOptions) {
    this.#options = options;
    this.#history = new JobHistory(options.environment.database);
  }

  /** Carries out a backup's delete job, or notes why not. */
  async take(backup: EndedBackup): Promise<JobRecord> {
    const { source, scan } = backup;
    const decision = this.#decide(backup);
    if (decision.kind === "not-run") return this.#skip(source, decision.cause, decision.detail);
    if (scan === undefined) throw new TypeError("a deletion was decided on without a scan");
    try {
      const sources = new SourceStore(this.#options.environment.database);
      const machine = this.#options.machine ?? sources.machine(source.id);
      sources.rememberPlace(source.id, scan.deviceId, machine);
      return await this.#run(backup, scan);
    } catch (error) {
      if (!isStateFull(error)) throw error;
      // It could not even begin: nothing was deleted that is not noted, and its row still waits where it did.
      return this.#skip(source, "DEL-NR-1", message("run.state-full"));
    } finally {
      this.#waiting.delete(source.id);
    }
  }

  /** The run is over before their turn came: the rows that wait become 未実行. */
  leave(): readonly JobRecord[] {
    const isClosed = this.#options.stop.kind === "close";
    const cause = isClosed ? "DEL-NR-2" : "DEL-NR-1";
    const detail = isClosed ? message("delete.closed-before") : message("delete.run-ended-before");
    const left = [...this.#waiting.values()];
    return left.map(({ source }) => this.#skip(source, cause, detail));
  }

  #decide({ source, job, scan }: EndedBackup): DeleteDecision {
    const { environment, stop } = this.#options;
    const { database } = environment;
    const isWaiting = this.#waiting.has(source.id);
    if (stop.kind === "close" && (isWaiting || !job.causes.includes(CLOSED_BY))) {
      return {
        kind: "not-run",
        cause: "DEL-NR-2",
        detail: message("delete.closed-before"),
      };
    }
    if (stop.kind !== undefined) {
      return { kind: "not-run", cause: "DEL-NR-1", detail: message("delete.run-ended-before") };
    }
    const gone = new GoneEntries(database, source.id);
    const sources = new SourceStore(database);
    return decideDeletion({
      backupCauses: job.causes,
      scan,
      hadFiles: new FileIndex(database, source.id).hasFiles(),
      rememberedDeviceId: sources.deviceId(source.id),
      rememberedMachine: sources.machine(source.id),
      machine: this.#options.machine ?? null,
      onlyHeldFolders: gone.hasOthers() ? [] : gone.unconfirmedFolders(HELD_FOLDERS_NAMED_COUNT),
      sourcePath: source.path,
      isConfirmed: this.#isConfirmed,
    });
  }

  /** Whether a person saw what D15 is about and wants the deletions all the same. */
  get #isConfirmed(): boolean {
    const { trigger = "manual", confirmDeletions = false } = this.#options.request;
    return trigger === "manual" && confirmDeletions;
  }

  async #run({ source, following }: EndedBackup, scan: ScanFacts): Promise<JobRecord> {
    const { environment, disk, request } = this.#options;
    const waiting = this.#waiting.get(source.id);
    return underRunStop("delete", this.#options.stop, (stop) =>
      runDeleteJob({
        environment: { ...environment, service: this.#options.service() },
        disk,
        source,
        deviceId: scan.deviceId,
        isConfirmed: this.#isConfirmed,
        trigger: request.trigger ?? "manual",
        slotDay: request.slotDay,
        waitingJobId: waiting?.jobId,
        stop,
        onTurn: () => this.#queueUp(following),
        onJob: (changed) => request.onJob?.(changed),
        onRow: (row) => request.onFile?.(row),
        onProgress: request.onProgress,
      }),
    );
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

  #skip(source: SourceFolder, cause: DeleteCauseId, detail: Message): JobRecord {
    const row = this.#newRow(source);
    const why = { causes: [cause], detail };
    const waiting = this.#waiting.get(source.id);
    this.#waiting.delete(source.id);
    const job =
      waiting === undefined
        ? this.#history.notRun(row, why)
        : this.#history.notRunWaiting(waiting.jobId, row.startedAtMs, why);
    this.#options.environment.log.write("info", "delete-not-run", { job: job.id, cause });
    this.#options.request.onJob?.(job);
    return job;
  }

  #newRow(source: SourceFolder): NewJob {
    const { request, environment } = this.#options;
    const { trigger = "manual", slotDay } = request;
    return {
      ...deleteRow({ source, trigger, slotDay }),
      kind: "delete",
      startedAtMs: environment.clock.nowMs(),
    };
  }
}
