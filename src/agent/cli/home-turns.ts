import { setTimeout as sleep } from "node:timers/promises";

import { AgentError } from "../agent-error.ts";
import { takeHome } from "./home-lock.ts";
import { removeHolder, thisHolder, writeHolder, type LockHolder } from "./lock-holder.ts";
import { RequestBox, type RequestHandlers } from "./request-box.ts";
import { message } from "../../messages/message.ts";

/** The home folder, and what other processes that want it see and may ask for. */
export interface HomeTurnsOptions {
  readonly homePath: string;
  /** The command, for those who find the home folder taken. */
  readonly command: string;
  /** What requests of other processes do while this one works. */
  readonly handlers: RequestHandlers;
  /** Called once for each turn that has to wait for another process. */
  readonly onWait: () => void;
}

/** How often is looked whether the other process has finished. */
const POLL_INTERVAL_MS = 500;

/**
 * The right to work in a home folder, taken for a turn at a time by a process that stays: in between
 * other commands work there. Turns follow one another; each is within reach of requests.
 */
export class HomeTurns {
  readonly #options: HomeTurnsOptions;
  readonly #ending = new AbortController();
  #holder: LockHolder | undefined;

  constructor(options: HomeTurnsOptions) {
    this.#options = options;
  }

  /** Works once nobody else does. Rejects with `AgentError` `closed` when `end` comes before that. */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const { homePath, command, handlers } = this.#options;
    const lock = await this.#wait();
    try {
      // Another instance each time, so that a request that came too late reaches no later turn.
      this.#holder = thisHolder(command, null);
      writeHolder(homePath, this.#holder);
      const stopWatching = new RequestBox(homePath).watch(this.#holder.instanceId, handlers);
      try {
        return await work();
      } finally {
        await stopWatching();
      }
    } finally {
      if (this.#holder !== undefined) removeHolder(homePath);
      this.#holder = undefined;
      lock.release();
    }
  }

  /** Lets other processes know that this turn runs a backup, which they may ask to stop. */
  announceBackup(): void {
    if (this.#holder === undefined || this.#holder.runs === "backup") return;
    this.#holder = { ...this.#holder, runs: "backup" };
    writeHolder(this.#options.homePath, this.#holder);
  }

  /** Waits for no further turn. */
  end(): void {
    this.#ending.abort();
  }

  async #wait(): Promise<NonNullable<ReturnType<typeof takeHome>>> {
    const { homePath, onWait } = this.#options;
    for (let isFirst = true; !this.#ending.signal.aborted; isFirst = false) {
      const lock = takeHome(homePath, 0);
      if (lock !== undefined) return lock;
      if (isFirst) onWait();
      await sleep(POLL_INTERVAL_MS, undefined, { signal: this.#ending.signal }).catch(
        () => undefined,
      );
    }
    throw new AgentError("closed", message("home.closed-before-turn"));
  }
}
