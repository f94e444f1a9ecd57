import { join } from "node:path";

import type { Host, HostEvent, OsTask, TaskRegistration, TaskStatus } from "../../ports/host.ts";
import type { ProgramEnd, Programs } from "../../ports/programs.ts";
import { AGENT_LABEL, launchAgentPlist, readLaunchAgentPlist } from "./launchd-plist.ts";
import { isOnNetwork, readMountTable } from "./network-mounts.ts";
import { readOwned, removeOwned, writeOwned } from "./owned-file.ts";
import { readPmsetLog } from "./pmset-events.ts";
import { eventsWithin } from "./recent-events.ts";
import { systemZone } from "./system-zone.ts";
import { message } from "../../../messages/message.ts";
import { reasonOf } from "../../../messages/reason-of.ts";

/** What a macOS host is made of. */
export interface LaunchdHostOptions {
  readonly programs: Programs;
  /** `~/Library/LaunchAgents`. */
  readonly agentFolder: string;
  readonly userId: number;
}

/**
 * A PC with macOS: a launch agent of the user's own, which lives in his session and needs no
 * password; a given one is not used. launchd makes up for a start that fell into a sleep, once, on
 * waking: the tool then finds the slot past and only records it.
 */
export class LaunchdHost implements Host {
  readonly kind = "macos";
  readonly #options: LaunchdHostOptions;

  constructor(options: LaunchdHostOptions) {
    this.#options = options;
  }

  zone(): string {
    return systemZone();
  }

  /** Always: a launch agent ends with the session it belongs to. */
  isInteractive(): boolean {
    return true;
  }

  async isNetworkPath(path: string): Promise<boolean> {
    const end = await this.#options.programs.run({ program: "mount", args: [] });
    return end.kind === "ended" && isOnNetwork(path, readMountTable(end.stdout));
  }

  async eventsBetween(fromMs: number, toMs: number): Promise<readonly HostEvent[]> {
    const end = await this.#options.programs.run({
      program: "pmset",
      args: ["-g", "log"],
      // It prints weeks of everything that ever held the PC awake.
      outputBytesMax: 256 * 1024 * 1024,
      timeLimitMs: 120_000,
    });
    return end.kind === "ended" ? eventsWithin(readPmsetLog(end.stdout), fromMs, toMs) : [];
  }

  /**
   * Nothing is done when the same is registered: launchd would end a tool that it had started.
   */
  async registerTask(task: OsTask): Promise<TaskRegistration> {
    const path = this.#path();
    const plist = launchAgentPlist(task);
    const isSame = (await readOwned(path)) === plist;
    if (!isSame || !(await this.#isLoaded())) {
      try {
        await writeOwned(path, plist);
      } catch (error) {
        return {
          kind: "refused",
          why: "no-rights",
          reason: message("task.unwritable", { path, why: reasonOf(error) }),
        };
      }
      await this.#launchctl("bootout", this.#target());
      const end = await this.#launchctl("bootstrap", this.#domain(), path);
      if (end.kind !== "ended" || end.exitCode !== 0) {
        await removeOwned(path);
        return refusalOf(end);
      }
    }
    return {
      kind: "registered-while-signed-in",
      reason: message("task.macos-signed-in"),
    };
  }

  async removeTask(): Promise<void> {
    await this.#launchctl("bootout", this.#target());
    await removeOwned(this.#path());
  }

  async taskStatus(): Promise<TaskStatus> {
    const text = await readOwned(this.#path());
    const task = text === undefined ? undefined : readLaunchAgentPlist(text);
    const isRegistered = task !== undefined && (await this.#isLoaded());
    return { isRegistered, worksSignedOut: false, task: isRegistered ? task : null };
  }

  async #isLoaded(): Promise<boolean> {
    const end = await this.#launchctl("print", this.#target());
    return end.kind === "ended" && end.exitCode === 0;
  }

  #path(): string {
    return join(this.#options.agentFolder, `${AGENT_LABEL}.plist`);
  }

  #domain(): string {
    return `gui/${this.#options.userId}`;
  }

  #target(): string {
    return `${this.#domain()}/${AGENT_LABEL}`;
  }

  #launchctl(...args: readonly string[]): Promise<ProgramEnd> {
    return this.#options.programs.run({ program: "launchctl", args });
  }
}

function refusalOf(end: ProgramEnd): TaskRegistration {
  if (end.kind === "missing") {
    return { kind: "refused", why: "unsupported", reason: message("task.no-launchctl") };
  }
  const said = end.kind === "ended" ? end.stderr.trim() : end.reason;
  // 125: the domain cannot do that, for instance because nobody is signed in at the screen.
  const isDomain = end.kind === "ended" && end.exitCode === 125;
  return {
    kind: "refused",
    why: isDomain ? "unsupported" : "failed",
    reason: isDomain
      ? message("task.sign-in-at-mac", { said })
      : message("task.says", { what: "launchctl", said }),
  };
}
