import type {
  Host,
  HostEvent,
  HostKind,
  OsTask,
  TaskRegistration,
  TaskStatus,
} from "../../ports/host.ts";
import type { Programs } from "../../ports/programs.ts";
import { eventsWithin, LOG_LINE_COUNT_MAX } from "./recent-events.ts";
import { systemZone } from "./system-zone.ts";
import { readWindowsEvents, windowsEventQuery } from "./windows-events.ts";
import { refusal } from "./windows-refusal.ts";
import { registerWithPassword } from "./windows-registration.ts";
import { readWindowsTask, windowsTaskXml } from "./windows-task-xml.ts";

const NO_TASK: TaskStatus = { isRegistered: false, worksSignedOut: false, task: null };

/** What a Windows host is made of. */
export interface WindowsHostOptions {
  readonly programs: Programs;
  readonly kind: Extract<HostKind, `windows${string}`>;
  /** The process's environment: who the user is, and in what session. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * A PC with Windows. Its task is one per user, in the scheduler's top folder. Power and sign-ins are
 * read from the System log, which every user may read.
 */
export class WindowsHost implements Host {
  readonly kind: HostKind;
  readonly #programs: Programs;
  readonly #env: WindowsHostOptions["env"];

  constructor({ programs, kind, env }: WindowsHostOptions) {
    this.kind = kind;
    this.#programs = programs;
    this.#env = env;
  }

  zone(): string {
    return systemZone();
  }

  /** A task that runs whether or not its user is signed in is in session 0, which has no name. */
  isInteractive(): boolean {
    const session = this.#env["SESSIONNAME"];
    return session !== undefined && session !== "" && session !== "Services";
  }

  /**
   * A share's own path, or a drive letter that stands for one: in the user's session by the type of
   * the drive, elsewhere, where it is not connected, by the user's list of connections.
   */
  async isNetworkPath(path: string): Promise<boolean> {
    if (/^[\\/]{2}(\?[\\/]UNC[\\/]|[^\\/?.])/i.test(path)) return true;
    const letter = /^(?:[\\/]{2}[?.][\\/])?([A-Za-z]):/.exec(path)?.[1];
    if (letter === undefined) return false;
    const end = await this.#programs.run({
      program: "powershell",
      args: [
        "-NoLogo",
        "-NoProfile",
        "-NonInteractive",
        "-Command",
        `if ([IO.DriveInfo]::new('${letter}').DriveType -eq 'Network' -or (Test-Path 'HKCU:\\Network\\${letter}')) { 'network' } else { 'local' }`,
      ],
    });
    return end.kind === "ended" && end.stdout.trim() === "network";
  }

  async eventsBetween(fromMs: number, toMs: number): Promise<readonly HostEvent[]> {
    const end = await this.#programs.run({
      program: "wevtutil",
      args: [
        "qe",
        "System",
        `/q:${windowsEventQuery(toMs)}`,
        "/f:xml",
        "/rd:true",
        `/c:${LOG_LINE_COUNT_MAX}`,
      ],
    });
    if (end.kind !== "ended" || end.exitCode !== 0) return [];
    return eventsWithin(readWindowsEvents(end.stdout, await this.#userSid()), fromMs, toMs);
  }

  async registerTask(task: OsTask, password: string | undefined): Promise<TaskRegistration> {
    const name = this.#taskName();
    const user = this.#user();
    if (password === undefined || password === "") return refusal("no-password");
    const xml = windowsTaskXml(task, { user, logonType: "Password" });
    return registerWithPassword(this.#programs, { name, xml, user }, password);
  }

  async removeTask(): Promise<void> {
    await this.#programs.run({
      program: "schtasks",
      args: ["/Delete", "/TN", this.#taskName(), "/F"],
    });
  }

  async taskStatus(): Promise<TaskStatus> {
    const end = await this.#programs.run({
      program: "schtasks",
      args: ["/Query", "/TN", this.#taskName(), "/XML"],
    });
    return end.kind === "ended" && end.exitCode === 0 ? readWindowsTask(end.stdout) : NO_TASK;
  }

  #user(): string {
    const { USERDOMAIN: domain = ".", USERNAME: name = "" } = this.#env;
    return `${domain}\\${name}`;
  }

  #taskName(): string {
    return `azukeru-agent (${(this.#env["USERNAME"] ?? "").replaceAll(/[\\/:*?"<>|]/g, "_")})`;
  }

  async #userSid(): Promise<string | undefined> {
    const end = await this.#programs.run({
      program: "whoami",
      args: ["/user", "/fo", "csv", "/nh"],
    });
    if (end.kind !== "ended" || end.exitCode !== 0) return undefined;
    return /S-1-[\d-]+/.exec(end.stdout)?.[0];
  }
}
