import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { diskErrorKind } from "../adapters/disk-error-kind.ts";

/** Who works in a home folder: what others show, and whom they leave requests to. */
export interface LockHolder {
  /** Unlike a process ID never used twice, so that a request cannot reach the wrong process. */
  readonly instanceId: string;
  readonly pid: number;
  /** Its command, without arguments. */
  readonly command: string;
  /** What it takes long to run; it then looks for requests (`RequestBox`). Null: a short command. */
  readonly runs: RunKind | null;
}

/** What a command that takes long runs. A restore has no 中断 (F19). */
export type RunKind = "backup" | "restore";

/** Describes this process. */
export function thisHolder(command: string, runs: RunKind | null): LockHolder {
  return { instanceId: randomUUID(), pid: process.pid, command, runs };
}

/** Says that this process holds the lock; replaces what an earlier holder said. On a full disk nothing is said. */
export function writeHolder(homePath: string, holder: LockHolder): void {
  const path = holderPath(homePath);
  try {
    writeFileSync(`${path}.new`, JSON.stringify(holder), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    if (diskErrorKind(error) !== "disk-full") throw error;
    for (const name of [`${path}.new`, path]) rmSync(name, { force: true });
  }
}

/** Takes the word back before the lock is released. */
export function removeHolder(homePath: string): void {
  rmSync(holderPath(homePath), { force: true });
}

/**
 * What the last holder said about itself. Believe it only while the lock is held: a process that
 * was killed takes nothing back. `undefined` when it has said nothing yet.
 */
export function readHolder(homePath: string): LockHolder | undefined {
  try {
    return JSON.parse(readFileSync(holderPath(homePath), "utf8")) as LockHolder;
  } catch {
    return undefined;
  }
}

function holderPath(homePath: string): string {
  return join(homePath, "holder.json");
}
