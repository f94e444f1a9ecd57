import type { Message } from "../../messages/message.ts";

/** The kind of system the tool runs on, as far as the products treat it differently (F13). */
export type HostKind = "windows" | "windows-server-2012" | "windows-server" | "macos" | "linux";

/** Something the PC did, as its own event log has it. */
export interface HostEvent {
  readonly atMs: number;
  readonly kind:
    | "sleep"
    | "hibernate"
    /** From sleep or hibernation. */
    | "wake"
    | "shutdown"
    /** The system came up without having gone down: power was lost at an unknown moment before. */
    | "power-loss"
    | "boot"
    | "sign-in"
    | "sign-out";
}

/** What the operating system is to start, and when (F13): the tool, some minutes ahead of each slot. */
export interface OsTask {
  /** The command, its program first. */
  readonly command: readonly string[];
  /** Days on which it starts: 0 is Sunday. All seven: every day. */
  readonly weekdays: readonly number[];
  /** Local time of its start, 0 to 1439. */
  readonly minuteOfDay: number;
}

/** What became of a registration. */
export type TaskRegistration =
  /** Starts the tool whether or not somebody is signed in. */
  | { readonly kind: "registered" }
  /** Starts the tool only while the person is signed in (Windows Server 2012, a launch agent of macOS). */
  | { readonly kind: "registered-while-signed-in"; readonly reason: Message }
  /** Nothing was registered. `reason` is for people and says what to do. */
  | {
      readonly kind: "refused";
      readonly why: "no-password" | "wrong-password" | "no-rights" | "unsupported" | "failed";
      readonly reason: Message;
    };

/** The OS scheduler's entry of this tool, as it stands. */
export interface TaskStatus {
  readonly isRegistered: boolean;
  /** Whether it also starts the tool while nobody is signed in. */
  readonly worksSignedOut: boolean;
  /** Null when there is none. */
  readonly task: Pick<OsTask, "weekdays" | "minuteOfDay"> | null;
}

/**
 * The PC around the tool: its clock's zone, who is signed in, its power, its task scheduler. Methods
 * never reject for what the system refuses: they say it in their result. Secrets given to
 * `registerTask` are used at once and kept nowhere.
 */
export interface Host {
  readonly kind: HostKind;
  /** IANA name of the PC's time zone as it is set now. */
  zone(): string;
  /** Whether this process runs in the session of a person who is signed in; false when a task started it alone. */
  isInteractive(): boolean;
  /** Whether a path is on a network drive (F11, F13). */
  isNetworkPath(path: string): Promise<boolean>;
  /**
   * What the PC did between two moments, oldest first, with the last event of power and of sign-in
   * before them where it is known; empty where the system keeps no such log.
   */
  eventsBetween(fromMs: number, toMs: number): Promise<readonly HostEvent[]>;
  /** Registers or replaces the tool's task. `password` is that of the signed-in user (F13). */
  registerTask(task: OsTask, password: string | undefined): Promise<TaskRegistration>;
  /** Takes the task away; does nothing when there is none. */
  removeTask(): Promise<void>;
  taskStatus(): Promise<TaskStatus>;
}
