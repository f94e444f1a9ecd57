import { existsSync, mkdirSync } from "node:fs";

import { SqliteInstanceLock } from "../adapters/sqlite-instance-lock.ts";
import type { AgentApi } from "../agent.ts";
import { CliError } from "./output/cli-error.ts";
import { composeAgent } from "./compose-agent.ts";
import { readHolder, removeHolder, thisHolder, writeHolder, type RunKind } from "./lock-holder.ts";

/** What a command needs the agent for. */
export interface OpenRequest {
  /** The command, for those who find the lock taken. */
  readonly command: string;
  /**
   * `work`: only as the one process that works in the folder. `look`: as that process when there is
   * no other, because opening also closes jobs that a killed process left; else read-only.
   */
  readonly access: "work" | "look";
  /** What the command runs that takes long: it watches for requests of other processes. Default null. */
  readonly runs?: RunKind | null;
  /** How long to wait for a short command of another process. Default 2 s. */
  readonly waitMs?: number;
}

/** The agent as one command uses it; disposing of it closes the tool and lets others work. */
export interface OpenedAgent extends AsyncDisposable {
  readonly agent: AgentApi;
  /** Names this process in the request box; `undefined` when it only looks. */
  readonly instanceId: string | undefined;
}

/** Long enough for a process that has just taken the lock to say who it is. */
const SHORT_WAIT_MS = 300;

/** Opens the agent of `homePath`. Throws `CliError` when the folder is unusable or taken. */
export function openAgent(homePath: string, request: OpenRequest): OpenedAgent {
  const { command, access, runs = null, waitMs = 2_000 } = request;
  const lock = access === "work" ? waitForHome(homePath, waitMs) : lockHome(homePath, 0);
  if (lock === undefined) {
    if (access === "work") throw heldError(homePath);
    const { agent, close } = composed(homePath, true);
    return { agent, instanceId: undefined, [Symbol.asyncDispose]: close };
  }
  const holder = thisHolder(command, runs);
  try {
    writeHolder(homePath, holder);
    const { agent, close } = composed(homePath, false);
    return {
      agent,
      instanceId: holder.instanceId,
      async [Symbol.asyncDispose](): Promise<void> {
        await close();
        removeHolder(homePath);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Waits for short commands of others; a backup or a restore takes too long to wait for. */
function waitForHome(homePath: string, waitMs: number): SqliteInstanceLock | undefined {
  const firstMs = Math.min(waitMs, SHORT_WAIT_MS);
  const lock = lockHome(homePath, firstMs);
  if (lock !== undefined || (readHolder(homePath)?.runs ?? null) !== null) return lock;
  return lockHome(homePath, waitMs - firstMs);
}

/** Takes the lock of a home folder, creating the folder for its owner only when it is not there. */
function lockHome(homePath: string, waitMs: number): SqliteInstanceLock | undefined {
  return usingHome(homePath, () => {
    if (!existsSync(homePath)) mkdirSync(homePath, { recursive: true, mode: 0o700 });
    return SqliteInstanceLock.tryAcquire(homePath, waitMs);
  });
}

/** Whether a process works in the home folder at this moment. */
export function isHomeHeld(homePath: string): boolean {
  const lock = lockHome(homePath, 0);
  lock?.release();
  return lock === undefined;
}

function composed(homePath: string, readOnly: boolean): ReturnType<typeof composeAgent> {
  return usingHome(homePath, () => composeAgent({ homePath, readOnly }));
}

function usingHome<Result>(homePath: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError("home-unusable", `${homePath}: ${reason}`, error);
  }
}

/** The error that says who holds the lock. */
function heldError(homePath: string): CliError {
  const holder = readHolder(homePath);
  const who =
    holder === undefined
      ? "another process"
      : `process ${holder.pid} (azukeru-agent ${holder.command})`;
  return new CliError("held-by-other-process", `${homePath} is in use by ${who}`);
}
