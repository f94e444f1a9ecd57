import { message } from "../../messages/message.ts";
import { osTask } from "./os-task.ts";
import type { Schedule } from "./slots.ts";
import type { Host, HostKind, TaskRegistration, TaskStatus } from "../ports/host.ts";

export { osTask } from "./os-task.ts";
/** What a registration is made from. */
export type { Schedule } from "./slots.ts";
/** The OS task scheduler, and what it says of the tool's task. */
export type { Host, TaskRegistration, TaskStatus } from "../ports/host.ts";

/** What is registered with the OS scheduler. */
export interface RegistrationRequest {
  readonly schedule: Schedule;
  /** What starts the tool, its program first. */
  readonly command: readonly string[];
  /** That of the signed-in user, where `needsPassword`. */
  readonly password: string | undefined;
}

/** When the OS starts the tool by itself (F13). */
export type TaskReach =
  /** Whether or not somebody is signed in. */
  | "always"
  | "while-signed-in"
  /** Not at all: automatic backups run while the tool runs anyway. */
  | "while-tool-runs";

/** Whether the PC wants its user's password for a task that also runs while he is signed out. */
export function needsPassword(kind: HostKind): boolean {
  return kind === "windows" || kind === "windows-server";
}

/**
 * Has the OS start the tool some minutes ahead of each slot of a schedule; replaces what there was. Refused
 * as `unsupported` on Windows Server 2012, whose registration the guides do not use (A317, B373).
 */
export async function registerOsTask(
  host: Host,
  { schedule, command, password }: RegistrationRequest,
): Promise<TaskRegistration> {
  if (host.kind === "windows-server-2012") {
    return { kind: "refused", why: "unsupported", reason: message("task.windows-server-2012") };
  }
  return host.registerTask(osTask(schedule, command), password);
}

/** What a status means for automatic backups. */
export function reachOf({ isRegistered, worksSignedOut }: TaskStatus): TaskReach {
  if (!isRegistered) return "while-tool-runs";
  return worksSignedOut ? "always" : "while-signed-in";
}
