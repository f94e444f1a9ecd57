import type { JobFileRecord, JobRecord } from "../agent/state/records.ts";
import type { AgentErrorCode } from "../agent/agent-error.ts";
import type { DeleteRun } from "./delete-run.ts";
import type { ExplorerFact } from "./explorer-fact.ts";
import type { FiredFault } from "./data/fired-fault.ts";
import type { RunFaults } from "./data/run-faults.ts";
import type { PcRecord } from "./pc-record.ts";
import type { RestoreRun } from "./restore-run.ts";
import type { Scenario } from "./scenario.ts";

/** What stands at a path of the PC's disk, as the world knows it. */
export interface DiskFact {
  readonly path: string;
  /** The last name's bytes in base64 when it is not valid Unicode, else undefined. */
  readonly nameBase64: string | undefined;
  readonly kind: "file" | "folder" | "symbolic-link" | "fifo" | "socket" | "device";
  readonly hidden: boolean;
  readonly denied: boolean;
  readonly locked: boolean;
  /** Of files; empty for the rest. */
  readonly sha256: string;
  /** Of files; 0 for the rest. */
  readonly sizeBytes: number;
  /** Which change last gave it its modification time; 0 since the start. */
  readonly timeStamp: number;
  /** The number of the device it is on. */
  readonly device: number;
}

/** A change of one path: what stood there before and after it. */
export interface DiskChangeFact {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  readonly atMs: number;
  readonly path: string;
  readonly before: DiskFact | undefined;
  readonly after: DiskFact | undefined;
  /** What was done, as the scenario calls it. */
  readonly action: string;
}

/** A call of the agent to the PC's disk. */
export interface DiskCallFact {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  readonly call: string;
  readonly path: string;
}

/** One generation of a file on the service, its bytes looked at. */
export interface GenerationFact {
  readonly sha256: string;
  readonly sizeBytes: number;
  /** From 1, the first ever stored. */
  readonly generation: number;
  /** Nanoseconds since 1970, as decimal text. */
  readonly modifiedAtNs: string;
}

/** One file on the service, newest generation first. */
export interface ServiceFileFact {
  readonly generations: readonly GenerationFact[];
}

/** The service at one moment, as far as one destination folder goes. */
export interface ServiceFacts {
  readonly destinationExists: boolean;
  /** Path below the destination -> file. */
  readonly files: ReadonlyMap<string, ServiceFileFact>;
  /** Paths below the destination. */
  readonly folders: ReadonlySet<string>;
  readonly quotaBytes: number;
  readonly usedBytes: number;
  /** Sum over every generation the service keeps, counted by the world. */
  readonly storedBytes: number;
  readonly generationCountMax: number;
}

/** How something went away that a job needs. */
export type Loss = "deleted" | "renamed";

/** What ended a run before its time. */
export type StopKind = "interrupt" | "logout" | "close-tool" | "kill" | "power-loss";

/** A stop that came while a job was running. */
export interface StopFact {
  readonly kind: StopKind;
  readonly atMs: number;
}

/** A request as the service saw it. */
export interface RequestFact {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** 0 when no answer was sent. */
  readonly status: number;
  readonly bodyBytes: number;
}

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
  readonly napsMs: readonly number[];
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

/** A command that the agent refused. */
export interface RefusalFact {
  readonly step: number;
  readonly action: string;
  readonly code: AgentErrorCode;
}

/** How the world's driver saw the scenario end. */
export interface DriverFact {
  readonly kind: "done" | "deadlock" | "liveness" | "budget" | "threw" | "abandoned";
  readonly detail: string;
}

/** Most of something that the world ever saw at once, while a job ran. */
export interface PeakFacts {
  readonly openFiles: number;
  readonly requestsInFlight: number;
  readonly requestBytesInFlight: number;
}

/** Everything a scenario left behind that laws are judged on. */
export interface RunRecord {
  readonly scenario: Scenario;
  readonly jobs: readonly JobRun[];
  /** In the order in which they ended, or it was said why they did not begin. */
  readonly deletions: readonly DeleteRun[];
  readonly restores: readonly RestoreRun[];
  readonly refusals: readonly RefusalFact[];
  /** Of scenarios with a PC around the tool. */
  readonly pc: PcRecord | undefined;
  /** The histories of all agents at the end, newest first. */
  readonly history: readonly JobRecord[];
  /** Differences between the disk as the world made it and as it is now: the agent's doing. */
  readonly foreignDiskChanges: readonly string[];
  /** Files stored by others that are gone from the service, or differ. */
  readonly foreignServiceLosses: readonly string[];
  /** Files on the service outside every destination that nobody stored there. */
  readonly foreignServiceWrites: readonly string[];
  /** Agents that worked at the same time. */
  readonly agentCount: number;
  /** Lines of the agents' technical logs. */
  readonly logs: readonly string[];
  /** Passwords and tokens that may stand nowhere. */
  readonly secrets: readonly string[];
  readonly peaks: PeakFacts;
  readonly driver: DriverFact;
  readonly virtualMs: number;
  readonly traceHash: string;
  readonly trace: readonly string[];
}
