import type { AgentErrorCode } from "../../agent/agent-error.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { SmtpFault } from "../../sim-server/faults/smtp-fault.ts";
import type { MailData } from "../scenario/pc.ts";

/** What the PC does with its power. */
export type PcPowerState = "on" | "asleep" | "hibernating" | "off";

/** When automatic backups run, as the world knows it. */
export interface PcSchedule {
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** 0 to 1439. */
  readonly minuteOfDay: number;
}

/** The task of the OS scheduler, as the world knows it. */
export interface PcTaskFact extends PcSchedule {
  readonly worksSignedOut: boolean;
}

/** How a tool that held the schedule came to run, or to run no more. */
export type ToolState = "person" | "task" | "closed" | "killed";

/** One thing about the PC that is another one from some moment on. */
export type PcChange =
  | { readonly what: "power"; readonly power: PcPowerState; readonly isLoss: boolean }
  | { readonly what: "session"; readonly isSignedIn: boolean }
  /** Running in the session of a person or of a task, closed by itself, or ended without being asked. */
  | { readonly what: "tool"; readonly state: ToolState }
  /** `isLost`: the service refused the password that the tool remembers. */
  | { readonly what: "account"; readonly isLoggedIn: boolean; readonly isLost?: true }
  | { readonly what: "schedule"; readonly schedule: PcSchedule | null; readonly isOn: boolean }
  | { readonly what: "task"; readonly task: PcTaskFact | null }
  | { readonly what: "clock"; readonly beforeMs: number }
  | { readonly what: "zone"; readonly zone: string }
  | { readonly what: "source"; readonly path: string }
  /** A person took a source out of the list for good. */
  | { readonly what: "source-removed"; readonly path: string }
  | { readonly what: "network"; readonly isUp: boolean }
  /** What result mails are sent with; null while they are off or nothing was confirmed. */
  | { readonly what: "mail"; readonly mail: MailData | null };

/** A start of the tool that is to hold the schedule; of a process that lived until it did, or did not. */
export interface ToolStart {
  readonly elapsedMs: number;
  readonly isHolding: boolean;
  /** Whether the disk with its state file was full. */
  readonly isOnFullDisk: boolean;
  /** Whether it said that it waits for room. */
  readonly isWaitTold: boolean;
  /** When it ended by itself, since it had nothing left to do. */
  readonly leftMs?: number;
}

/** A change and its moment. */
export interface PcFact {
  /** Milliseconds since the world began, whatever clocks show. */
  readonly elapsedMs: number;
  /** What the PC's clock shows then: milliseconds since 1970. */
  readonly wallMs: number;
  readonly change: PcChange;
  /** It came while a run of a slot was under way, which had thus begun before. */
  readonly isDuringRun: boolean;
}

/** A mail that the mail server took. */
export interface MailFact {
  readonly elapsedMs: number;
  readonly wallMs: number;
  readonly messageId: string;
  readonly recipients: readonly string[];
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** What the headers Date, From and To say; the first in milliseconds since 1970, NaN where it says none. */
  readonly dateMs: number;
  readonly fromHeader: string;
  readonly toHeader: string;
  /** Whether it came over TLS, and who was logged in. */
  readonly isTls: boolean;
  readonly user: string | null;
  /** Whether it says that nobody wrote it (RFC 3834). */
  readonly isAutomatic: boolean;
  /** What its sender called itself to the mail server. */
  readonly clientName: string;
}

/** What the mail server told of one of its connections; `detail` as it tells it. */
export interface SmtpFact {
  readonly elapsedMs: number;
  readonly connection: number;
  readonly kind: string;
  readonly detail: string;
}

/** A test mail that a person sent, or a confirmation, and what the agent said to it. */
export interface MailActFact {
  /** When it began and when it was over. */
  readonly beganMs: number;
  readonly elapsedMs: number;
  readonly act: "test" | "confirm";
  readonly isAccepted: boolean;
  /** Why it was not accepted. */
  readonly code: AgentErrorCode | null;
  /** Whether the world agrees: the mail is there for everybody; exactly these settings passed a test. */
  readonly isTrue: boolean;
  /** The settings it is about: those that were set last. */
  readonly settings: MailData | null;
}

/** What the PC is called from a moment on. */
export interface DeviceNameFact {
  readonly elapsedMs: number;
  readonly name: string;
}

/** What a scenario with a PC left behind besides its jobs. */
export interface PcRecord {
  readonly facts: readonly PcFact[];
  readonly starts: readonly ToolStart[];
  /** The end of the scenario. */
  readonly endElapsedMs: number;
  readonly endWallMs: number;
  /** Sources on network drives. */
  readonly networkSources: ReadonlySet<string>;
  /** Every row of every history, in the order in which the history shows them. */
  readonly backups: readonly JobRecord[];
  readonly deletions: readonly JobRecord[];
  /** By the source's path in the scenario. */
  readonly sourceOf: (job: JobRecord) => string;
  readonly mails: readonly MailFact[];
  /** When somebody read all mails at the provider and deleted them: milliseconds since the world began. */
  readonly mailReads: readonly number[];
  readonly smtp: readonly SmtpFact[];
  readonly mailActs: readonly MailActFact[];
  /** What a person called the PC, oldest first. */
  readonly deviceNames: readonly DeviceNameFact[];
  /** Faults of the mail server in force from a moment on. */
  readonly smtpFaults: readonly {
    readonly elapsedMs: number;
    readonly faults: readonly SmtpFault[];
  }[];
}
