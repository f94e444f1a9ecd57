import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { FileReserve, RESERVE_BYTES } from "../adapters/file-reserve.ts";
import { freeBytes, openNodeDatabase } from "../adapters/node-database.ts";
import { AgentError } from "../agent-error.ts";
import type { SqlDatabase } from "../ports/database.ts";
import { StateDatabase } from "../state/state-database.ts";
import { damagedState } from "../state/state-error.ts";
import { message } from "../../messages/message.ts";

/** Where the state of a home folder is. */
export function statePath(homePath: string): string {
  return join(homePath, "agent.db");
}

/** While this is there, a repair is putting a new state file in the place of the damaged one. */
export function repairMark(homePath: string): string {
  return join(homePath, "repair.json");
}

/** The space that is kept for the case that the disk is full. */
function reservePath(homePath: string): string {
  return join(homePath, "reserve");
}

/** Whether the disk of a home folder lacks the space that the tool keeps for the end of what it does. */
export function isShortOfSpace(homePath: string): boolean {
  if (!existsSync(homePath) || new FileReserve(reservePath(homePath)).isKept) return false;
  return freeBytes(homePath) < RESERVE_BYTES;
}

/** Up to this size a file is looked over as a whole whenever it is opened: it takes some milliseconds. */
const CHECKED_BYTES_MAX = 8 * 2 ** 20;

/**
 * Opens the state file to work with it; where the folder was never used, a new one, which appears whole or
 * not at all. Throws `state-damaged` for one that is empty, cut or broken, and for one that is not there
 * though the folder was used: what it knew is not forgotten without a word.
 */
export function openState(homePath: string): SqlDatabase {
  const path = statePath(homePath);
  // A file that is not the tool's, or a damaged one, stays as it is to the byte.
  if (isThere(homePath)) lookWhole(homePath);
  else makeState(path);
  return openNodeDatabase(path, { reservePath: reservePath(homePath) });
}

/** Throws what is wrong with the state file that is there; an older version is not. */
function lookWhole(homePath: string): void {
  const file = openStateToLook(homePath);
  try {
    void new StateDatabase(file, { readOnly: true });
  } catch (error) {
    if (!(error instanceof AgentError) || error.code !== "state-read-only") throw error;
  } finally {
    file.close();
  }
}

/** Opens the state file to look at it, and writes nothing; an empty one in memory where there is none yet. */
export function openStateToLook(homePath: string): SqlDatabase {
  if (!isThere(homePath)) return new DatabaseSync(":memory:");
  const path = statePath(homePath);
  return checkedWhole(openNodeDatabase(path, { readOnly: true }), path);
}

/** Whether there is a state file; throws when there has to be one, or a whole one. */
function isThere(homePath: string): boolean {
  const path = statePath(homePath);
  if (existsSync(repairMark(homePath))) throw damagedState(message("state.repair-cut"));
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === 0) throw damagedState(message("state.empty"));
  if (size !== undefined) return true;
  if (hasTraces(homePath)) throw damagedState(message("state.gone"));
  return false;
}

/** Whether the tool has worked in this folder before. */
function hasTraces(homePath: string): boolean {
  return [
    `${statePath(homePath)}-wal`,
    reservePath(homePath),
    join(homePath, "logs", "agent.log"),
  ].some((path) => existsSync(path));
}

/** Makes an empty state file under another name and gives it its own once it is whole and durable. */
export function makeState(path: string): void {
  const fresh = `${path}.new`;
  removeDatabase(fresh);
  const file = openNodeDatabase(fresh);
  try {
    // Makes the tables.
    void new StateDatabase(file);
  } finally {
    file.close();
  }
  renameSync(fresh, path);
  syncFolder(join(path, ".."));
}

/** Removes a SQLite file with its companions. */
export function removeDatabase(path: string): void {
  for (const suffix of ["-wal", "-shm", "-journal", ""]) rmSync(path + suffix, { force: true });
}

/** Makes the names in a folder durable, where the system can. */
export function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function checkedWhole(database: SqlDatabase, path: string): SqlDatabase {
  try {
    if (statSync(path).size <= CHECKED_BYTES_MAX) {
      const found = Object.values(database.prepare("PRAGMA integrity_check(1)").get() ?? {})[0];
      if (found !== "ok") throw damagedState(message("state.pages"));
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
