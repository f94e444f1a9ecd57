import { existsSync } from "node:fs";
import { join } from "node:path";

import { SqliteInstanceLock } from "../adapters/sqlite-instance-lock.ts";
import { usingHome } from "./home-error.ts";
import { guardHome, makePrivateFile } from "./home-guard.ts";
import { readHolder, type LockHolder } from "./lock-holder.ts";
import { CliError } from "./output/cli-error.ts";
import { message } from "../../messages/message.ts";

/** Long enough for a process that has just taken the lock to say who it is. */
const SHORT_WAIT_MS = 300;

/**
 * Takes the right to work in a home folder, creating the folder for its owner only when it is not
 * there. Waits up to `waitMs` for a short command of another process; a backup or a restore takes too
 * long to wait for. Undefined when somebody else has it. Throws `CliError` when the folder is unusable.
 */
export function takeHome(homePath: string, waitMs: number): SqliteInstanceLock | undefined {
  const firstMs = Math.min(waitMs, SHORT_WAIT_MS);
  const lock = lockHome(homePath, firstMs);
  if (lock !== undefined || waitMs === firstMs) return lock;
  if ((readHolder(homePath)?.runs ?? null) !== null) return undefined;
  return lockHome(homePath, waitMs - firstMs);
}

function lockHome(homePath: string, waitMs: number): SqliteInstanceLock | undefined {
  return usingHome(homePath, () => {
    guardHome(homePath);
    makePrivateFile(join(homePath, "lock.db"));
    return SqliteInstanceLock.tryAcquire(homePath, waitMs);
  });
}

/**
 * Takes the right to be the one daemon of a home folder, which is another one than to work in it.
 * Undefined when another daemon has it. Throws `CliError` when the folder is unusable.
 */
export function takeDaemonRight(homePath: string): SqliteInstanceLock | undefined {
  return usingHome(homePath, () => {
    guardHome(homePath);
    makePrivateFile(join(homePath, "daemon.db"));
    return SqliteInstanceLock.tryAcquire(homePath, 0, "daemon.db");
  });
}

/** Whether a process works in the home folder at this moment. */
export function isHomeHeld(homePath: string): boolean {
  if (!existsSync(homePath)) return false;
  const lock = lockHome(homePath, 0);
  lock?.release();
  return lock === undefined;
}

/** The error that says who holds the lock. */
export function heldError(homePath: string, holder?: LockHolder): CliError {
  const reason =
    holder === undefined
      ? message("home.held", { path: homePath })
      : message("home.held-by", { path: homePath, pid: holder.pid, command: holder.command });
  return new CliError("held-by-other-process", reason);
}
