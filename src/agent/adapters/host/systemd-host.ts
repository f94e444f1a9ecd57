import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { Host, HostEvent, OsTask, TaskRegistration, TaskStatus } from "../../ports/host.ts";
import type { ProgramEnd, Programs } from "../../ports/programs.ts";
import { journalEvents } from "./journal-events.ts";
import { readMountInfo } from "../mounts/mount-info.ts";
import { isOnNetwork } from "./network-mounts.ts";
import { readOwned, removeOwned, writeOwned } from "./owned-file.ts";
import { eventsWithin, isSignIn } from "./recent-events.ts";
import { systemZone } from "./system-zone.ts";
import { readTimerUnit, serviceUnit, timerUnit, UNIT_NAME } from "./systemd-units.ts";
import { wtmpEvents } from "./wtmp-events.ts";
import { message } from "../../../messages/message.ts";
import { reasonOf } from "../../../messages/reason-of.ts";

const TIMER = `${UNIT_NAME}.timer`;

/** What a Linux host is made of. */
export interface SystemdHostOptions {
  readonly programs: Programs;
  /** `$XDG_CONFIG_HOME/systemd/user`, or `~/.config/systemd/user`. */
  readonly unitFolder: string;
  readonly userId: number;
  readonly userName: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default `/proc/self/mountinfo`. */
  readonly mountInfoPath?: string;
  /** Where logind says who is signed in. Default `/run/systemd/users`. */
  readonly loginFolder?: string;
}

/**
 * A PC with Linux and systemd: a timer of the user's own. It also runs while he is signed out when
 * logind lets his units linger, which asks nobody for a password; a given one is not used.
 */
export class SystemdHost implements Host {
  readonly kind = "linux";
  readonly #options: SystemdHostOptions;

  constructor(options: SystemdHostOptions) {
    this.#options = options;
  }

  zone(): string {
    return systemZone();
  }

  /**
   * As logind has it: the user's state is `lingering` when only his units run. Where logind keeps no
   * such note, a process that belongs to a session knows its name.
   */
  isInteractive(): boolean {
    const { loginFolder = "/run/systemd/users", userId, env } = this.#options;
    try {
      const note = readFileSync(join(loginFolder, String(userId)), "utf8");
      return /^STATE=(active|online)$/m.test(note);
    } catch {
      return env["XDG_SESSION_ID"] !== undefined;
    }
  }

  async isNetworkPath(path: string): Promise<boolean> {
    const { mountInfoPath = "/proc/self/mountinfo" } = this.#options;
    const text = await readFile(mountInfoPath, "utf8").catch(() => "");
    return isOnNetwork(path, readMountInfo(text));
  }

  /** From the journal; what it does not tell this user from the login records. */
  async eventsBetween(fromMs: number, toMs: number): Promise<readonly HostEvent[]> {
    const { programs, userName } = this.#options;
    const journal = await journalEvents(programs, userName, toMs);
    const hasPower = journal.some((event) => !isSignIn(event));
    const hasSignIn = journal.some((event) => isSignIn(event));
    if (hasPower && hasSignIn) return eventsWithin(journal, fromMs, toMs);
    const wtmp = await wtmpEvents(programs, userName);
    const added = wtmp.filter((event) => (isSignIn(event) ? !hasSignIn : !hasPower));
    return eventsWithin([...journal, ...added], fromMs, toMs);
  }

  async registerTask(task: OsTask): Promise<TaskRegistration> {
    try {
      await writeOwned(this.#path("service"), serviceUnit(task.command));
      await writeOwned(this.#path("timer"), timerUnit(task));
    } catch (error) {
      return {
        kind: "refused",
        why: "no-rights",
        reason: message("task.timer-unwritable", { why: reasonOf(error) }),
      };
    }
    // Restarted because a timer that runs keeps the times it was started with.
    for (const args of [["daemon-reload"], ["enable", TIMER], ["restart", TIMER]]) {
      const end = await this.#systemctl(...args);
      if (end.kind === "ended" && end.exitCode === 0) continue;
      await this.removeTask();
      return refusalOf(end);
    }
    const linger = await this.#options.programs.run({
      program: "loginctl",
      args: ["--no-ask-password", "enable-linger", this.#options.userName],
    });
    if (linger.kind === "ended" && linger.exitCode === 0) return { kind: "registered" };
    return {
      kind: "registered-while-signed-in",
      reason: message("task.no-lingering", { user: this.#options.userName }),
    };
  }

  /** Lingering stays as it is: other units of the user may count on it. A tool that runs goes on. */
  async removeTask(): Promise<void> {
    if ((await readOwned(this.#path("timer"))) !== undefined) {
      await this.#systemctl("disable", "--now", TIMER);
    }
    await removeOwned(this.#path("timer"));
    await removeOwned(this.#path("service"));
    await this.#systemctl("daemon-reload");
  }

  async taskStatus(): Promise<TaskStatus> {
    const text = await readOwned(this.#path("timer"));
    const task = text === undefined ? undefined : readTimerUnit(text);
    const end = task === undefined ? undefined : await this.#systemctl("is-enabled", TIMER);
    if (task === undefined || end?.kind !== "ended" || end.exitCode !== 0) {
      return { isRegistered: false, worksSignedOut: false, task: null };
    }
    return { isRegistered: true, worksSignedOut: await this.#lingers(), task };
  }

  async #lingers(): Promise<boolean> {
    const end = await this.#options.programs.run({
      program: "loginctl",
      args: ["show-user", this.#options.userName, "--property=Linger"],
    });
    return end.kind === "ended" && end.stdout.trim() === "Linger=yes";
  }

  #path(kind: "service" | "timer"): string {
    return join(this.#options.unitFolder, `${UNIT_NAME}.${kind}`);
  }

  #systemctl(...args: readonly string[]): Promise<ProgramEnd> {
    return this.#options.programs.run({ program: "systemctl", args: ["--user", ...args] });
  }
}

function refusalOf(end: ProgramEnd): TaskRegistration {
  if (end.kind === "missing") {
    return { kind: "refused", why: "unsupported", reason: message("task.no-systemd") };
  }
  const said = end.kind === "ended" ? end.stderr.trim() : end.reason;
  const isDeaf =
    typeof said === "string" && /connect to (user scope )?bus|XDG_RUNTIME_DIR/i.test(said);
  return {
    kind: "refused",
    why: isDeaf ? "unsupported" : "failed",
    reason: isDeaf
      ? message("task.no-user-systemd", { said })
      : message("task.says", { what: "systemctl", said }),
  };
}
