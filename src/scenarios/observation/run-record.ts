import type { ClientFacts } from "./client-event.ts";
import type { CrashFact } from "./crash-fact.ts";
import type { AgentErrorCode } from "../../agent/agent-error.ts";
import type { LoginFact } from "./login-fact.ts";
import type { InertPart } from "./inert-part.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { DeleteRun } from "./delete-run.ts";
import type { BrowseFact } from "./browse-fact.ts";
import type { BackupRun } from "./backup-run.ts";
import type { ListFacts } from "./list-fact.ts";
import type { LookFact } from "./look-fact.ts";
import type { WayFact } from "./network-fact.ts";
import type { NoticeFact } from "./notice-fact.ts";
import type { PcRecord } from "./pc-record.ts";
import type { UnfinishedFacts } from "./unfinished-facts.ts";
import type { RestoreRun } from "./restore-run.ts";
import type { ServiceRestart } from "./service-restart.ts";
import type { SourceWish } from "./source-wish.ts";
import type { WaitFact } from "./wait-fact.ts";
import type { Scenario } from "../scenario/scenario.ts";

/** A command that the agent refused. */
export interface RefusalFact {
  readonly step: number;
  readonly action: string;
  readonly code: AgentErrorCode;
  /** Whether the tool shows then that somebody is logged in. */
  readonly isLoggedIn: boolean;
  /** Whether the disk of its state file is full then. */
  readonly isStateDiskFull: boolean;
}

/** How the world's driver saw the scenario end. */
export interface DriverFact {
  readonly kind: "done" | "deadlock" | "liveness" | "budget" | "threw" | "abandoned";
  readonly detail: string;
  /** Whether the world itself threw, and not the agent in it. */
  readonly isOfWorld?: boolean;
}

/** Most of something that the world ever saw at once, while a job ran. */
interface PeakFacts {
  readonly openFiles: number;
  readonly requestsInFlight: number;
  readonly requestBytesInFlight: number;
}

/** How a source folder on the disk is no longer as the world made it. */
export type SourceDifference =
  | { readonly what: "gone-from-disk" | "other-on-disk"; readonly path: string }
  | {
      readonly what: "entry-count";
      readonly path: string;
      readonly found: number;
      readonly made: number;
    };

/** Everything a scenario left behind that laws are judged on. */
export interface RunRecord {
  readonly scenario: Scenario;
  readonly backups: readonly BackupRun[];
  /** In the order in which they ended, or it was said why they did not begin. */
  readonly deletions: readonly DeleteRun[];
  readonly restores: readonly RestoreRun[];
  readonly refusals: readonly RefusalFact[];
  /** Each folder that somebody wanted to be a source, in order. */
  readonly sourceWishes: readonly SourceWish[];
  /** What concerns logins of all devices, in its order. */
  readonly logins: readonly LoginFact[];
  /** Each time somebody looked at the history, oldest first. */
  readonly looks: readonly LookFact[];
  /** What somebody saw who turned all pages of every list at the end. */
  readonly lists: readonly ListFacts[];
  /** Folders on the service whose pages somebody turned at the end. */
  readonly browsed: readonly BrowseFact[];
  /** What another customer's own program and the service said to each other. */
  readonly customer: ClientFacts;
  /** Each time the service was stopped and started again. */
  readonly serviceRestarts: readonly ServiceRestart[];
  /** What of the scenario did nothing: no invariant is about it, but whoever wrote it wants to know. */
  readonly inertParts: readonly InertPart[];
  /** Of scenarios with a PC around the tool. */
  readonly pc: PcRecord | undefined;
  /** Processes that were killed or lost their power, oldest first for each agent. */
  readonly crashes: readonly CrashFact[];
  /** What the agent on the PC had yet to do at the end. */
  readonly unfinished: UnfinishedFacts;
  /** What a person was told of plan and capacity, each time one started the tool at a terminal. */
  readonly notices: readonly NoticeFact[];
  /** Settings that were shown as others than a person had made them, at the end of some step. */
  readonly lostSettings: readonly string[];
  /** The histories of all agents at the end, newest first. */
  readonly history: readonly JobRecord[];
  /** Differences between the disk as the world made it and as it is now: the agent's doing. */
  readonly foreignDiskChanges: readonly SourceDifference[];
  /** Files stored by others that are gone from the service, or differ. */
  readonly foreignServiceLosses: readonly string[];
  /** Files on the service outside every destination that nobody stored there. */
  readonly foreignServiceWrites: readonly string[];
  /** Agents that worked at the same time. */
  readonly agentCount: number;
  /** Lines of the agents' technical logs. */
  readonly logs: readonly string[];
  /** What the agents said of waiting, in the order of the logs. */
  readonly waits: readonly WaitFact[];
  /** Passwords and tokens that may stand nowhere. */
  readonly secrets: readonly string[];
  /** Where the PC's tool sent something, in what network. */
  readonly ways: readonly WayFact[];
  readonly peaks: PeakFacts;
  readonly driver: DriverFact;
  readonly virtualMs: number;
  readonly traceHash: string;
  readonly trace: readonly string[];
}
