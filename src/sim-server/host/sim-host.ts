import type { Message } from "../../messages/message.ts";

/**
 * What a process sees of its PC. It has the shape of the agent's `Host` without knowing it; the
 * contract test in `test/contract` holds the two together.
 */
export interface SimHost {
  readonly kind: SimPcKind;
  /** IANA name of the zone as it is set now. */
  zone(): string;
  /** Whether the process runs in the session of a person who is signed in. */
  isInteractive(): boolean;
  isNetworkPath(path: string): Promise<boolean>;
  /** From the PC's log: both moments included, oldest first, and the last of each kind before. */
  eventsBetween(fromMs: number, toMs: number): Promise<readonly PcLogEvent[]>;
  registerTask(task: PcTask, password: string | undefined): Promise<PcTaskRegistration>;
  removeTask(): Promise<void>;
  taskStatus(): Promise<PcTaskStatus>;
}

/** Windows 11, Windows Server 2012, Windows Server 2022, macOS, Linux with a user who may linger. */
export type SimPcKind = "windows" | "windows-server-2012" | "windows-server" | "macos" | "linux";

/** In whose session a process runs: that of the person, or the one that tasks have to themselves. */
export type PcSession = "person" | "task";

/** A line of the PC's log. */
export interface PcLogEvent {
  readonly atMs: number;
  readonly kind:
    | "sleep"
    | "hibernate"
    | "wake"
    | "shutdown"
    /** Written at the next start: the moment itself nobody could note. */
    | "power-loss"
    | "boot"
    | "sign-in"
    | "sign-out";
}

/** What the scheduler is to start, in local time. */
export interface PcTask {
  readonly command: readonly string[];
  /** 0 is Sunday. */
  readonly weekdays: readonly number[];
  /** 0 to 1439. */
  readonly minuteOfDay: number;
}

/** What became of a registration. */
export type PcTaskRegistration =
  | { readonly kind: "registered" }
  | { readonly kind: "registered-while-signed-in"; readonly reason: Message }
  | {
      readonly kind: "refused";
      readonly why: "no-password" | "wrong-password" | "no-rights" | "unsupported" | "failed";
      readonly reason: Message;
    };

/** The scheduler's entry. */
export interface PcTaskStatus {
  readonly isRegistered: boolean;
  readonly worksSignedOut: boolean;
  readonly task: Pick<PcTask, "weekdays" | "minuteOfDay"> | null;
}
