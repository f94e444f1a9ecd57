import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { FiredFault } from "../scenario/fired-fault.ts";
import type { RunFaults } from "../scenario/run-faults.ts";
import type { ExplorerFact } from "./explorer-fact.ts";
import type { DiskCallFact, DiskChangeFact, DiskFact } from "./disk-fact.ts";
import type { JobRun } from "./job-run.ts";
import type { ServiceFacts } from "./service-facts.ts";

/** A request to delete something, as the service received it. */
export interface DeletionRequest {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  readonly entryKind: "file" | "folder";
  /** Below the destination, names joined by `/`. */
  readonly path: string;
}

/** What the world knows about the time in which a delete job worked. */
export interface DeletionWork {
  readonly startedMs: number;
  readonly endedMs: number;
  readonly startedSeq: number;
  /** Every path at or below the source root when the job began. */
  readonly diskBefore: ReadonlyMap<string, DiskFact>;
  readonly diskChanges: readonly DiskChangeFact[];
  readonly diskCalls: readonly DiskCallFact[];
  readonly serviceBefore: ServiceFacts;
  readonly serviceAfter: ServiceFacts;
  /** Whether someone deleted or renamed the destination folder meanwhile. */
  readonly destinationTouched: boolean;
  readonly requests: readonly DeletionRequest[];
  readonly fired: readonly FiredFault[];
  /** How long the PC slept meanwhile, each time. */
  readonly sleepsMs: readonly number[];
  /** The row as it was when the job had just begun. */
  readonly jobAtStart: JobRecord;
}

/** One delete job of one agent: it worked, or it is only said why it did not. */
export interface DeleteRun {
  readonly step: number;
  readonly phase: JobRun["phase"];
  readonly device: JobRun["device"];
  readonly sourcePath: string;
  readonly destination: string;
  /** The backup it follows; undefined when that one never began. */
  readonly backup: JobRun | undefined;
  /** Whether the person saw what D15 is about and wants the deletions all the same. */
  readonly isConfirmed: boolean;
  /** Whether its row was seen 待機中. */
  readonly hasWaited: boolean;
  /** Sources that come after it in the run, and those of them whose rows were 待機中 while it worked. */
  readonly laterSources: readonly string[];
  readonly waitingSources: ReadonlySet<string>;
  /** What ended the run of backups before its time, whatever job it met. */
  readonly stop: JobRun["stop"];
  readonly faults: RunFaults;
  /** What people did to single entries of the destination up to the end of the job, oldest first. */
  readonly acts: readonly ExplorerFact[];
  /** Undefined for a job that never began to work. */
  readonly work: DeletionWork | undefined;
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
}
