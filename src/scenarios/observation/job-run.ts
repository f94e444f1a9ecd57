import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { FiredFault } from "../scenario/fired-fault.ts";
import type { RunFaults } from "../scenario/run-faults.ts";
import type { DiskCallFact, DiskChangeFact, DiskFact } from "./disk-fact.ts";
import type { ExplorerFact } from "./explorer-fact.ts";
import type { Loss } from "./loss.ts";
import type { RequestFact } from "./request-fact.ts";
import type { ServiceFacts } from "./service-facts.ts";
import type { StopFact } from "./stop-fact.ts";

/** One job of one agent, with what the world knows about its time. */
export interface JobRun {
  /** Number of the timeline's step; the healing runs after the timeline count on. */
  readonly step: number;
  readonly phase: "safety" | "healing";
  /** Whose job: the PC itself, or the neighbour that backs up the same folder under its own name. */
  readonly device: "pc" | "neighbour";
  readonly sourcePath: string;
  readonly destination: string;
  readonly includeHidden: boolean;
  readonly startedMs: number;
  readonly endedMs: number;
  /** Every path at or below the source root when the job began. */
  readonly diskBefore: ReadonlyMap<string, DiskFact>;
  readonly diskChanges: readonly DiskChangeFact[];
  readonly diskCalls: readonly DiskCallFact[];
  /** How the source root went away before the job began, when it did. */
  readonly sourceLost: Loss | undefined;
  /** How the destination folder went away before the job began, when it did. */
  readonly destinationLost: Loss | undefined;
  readonly serviceBefore: ServiceFacts;
  readonly serviceAfter: ServiceFacts;
  /** Whether someone deleted or renamed the destination folder while the job ran. */
  readonly destinationTouched: boolean;
  readonly faults: RunFaults;
  readonly fired: readonly FiredFault[];
  readonly stop: StopFact | undefined;
  /** How long the PC slept while the job ran, each time. */
  readonly sleepsMs: readonly number[];
  readonly requests: readonly RequestFact[];
  /** 差分比較アップロード and 差分比較削除, as they were set. */
  readonly compareUpload: boolean;
  readonly compareDelete: boolean;
  /** When it began, among the changes and disk calls of the scenario. */
  readonly startedSeq: number;
  /** What people did to single entries of the destination up to the end of the job, oldest first. */
  readonly acts: readonly ExplorerFact[];
  /** The login was gone when the job began. */
  readonly signedOut: boolean;
  /** Other jobs were sending at the same time. */
  readonly crowded: boolean;
  /** Whether an earlier job of this source was cut off, so that the agent may not know what it sent. */
  readonly afterRestart: boolean;
  /** Whether an earlier job of this source was stopped: what it had sent may arrive only now. */
  readonly afterStop: boolean;
  /** The row as it was when the job had just begun. */
  readonly jobAtStart: JobRecord;
  /** The row as the history showed it at the end of the scenario. */
  readonly job: JobRecord;
  readonly rows: readonly JobFileRecord[];
}
