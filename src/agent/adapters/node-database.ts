import { closeSync, existsSync, openSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

import type { SqlDatabase } from "../ports/database.ts";
import { FileReserve } from "./file-reserve.ts";

/** How `openNodeDatabase` opens. */
export interface NodeDatabaseOptions {
  /** Refuse every write, for a process that only looks while another one works. Default false. */
  readonly readOnly?: boolean;
  /** A file that keeps space for the case that the disk is full. Default: none. */
  readonly reservePath?: string;
}

/** How long a statement waits for another process before it fails. */
const BUSY_TIMEOUT_MS = 5_000;

/** SQLite writes no less than a page and its head at a time. */
const ROOM_BYTES_MIN = 64 * 1024;

/**
 * Opens, or creates, the SQLite file at `path` as the port asks: what was committed survives a
 * power loss, and readers in other processes do not stop the one that writes (WAL). A new file is
 * readable by its owner only; SQLite gives its companions (`-wal`, `-shm`) the same mode.
 *
 * Read-only, nothing is written, not even beside the file: where no process has it open (it has no
 * companions) it is read as one that never changes, so that a full or read-only disk is no hindrance.
 */
export function openNodeDatabase(path: string, options: NodeDatabaseOptions = {}): SqlDatabase {
  return options.readOnly === true ? openToRead(path) : openToWrite(path, options);
}

function openToWrite(path: string, { reservePath }: NodeDatabaseOptions): SqlDatabase {
  // Only when it is not there: closing a file gives up the locks SQLite may hold on it (POSIX).
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
  const open = (): SqlDatabase => {
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    return closedOnFailure(database, () => {
      database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
      return asPort(database, path, reservePath);
    });
  };
  try {
    return open();
  } catch (error) {
    // What SQLite needs beside the file to open it is part of what the room is kept for.
    if (reservePath === undefined || !isDiskFull(dirname(path))) throw error;
    const reserve = new FileReserve(reservePath);
    if (!reserve.isKept) throw error;
    reserve.release();
    return open();
  }
}

function openToRead(path: string): SqlDatabase {
  const url = pathToFileURL(path);
  const isAtRest = !existsSync(`${path}-wal`) && !existsSync(`${path}-shm`);
  if (isAtRest) url.searchParams.set("immutable", "1");
  const database = new DatabaseSync(url, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  return closedOnFailure(database, () => {
    database.exec("PRAGMA query_only = ON");
    return asPort(database, path);
  });
}

function closedOnFailure(database: DatabaseSync, use: () => SqlDatabase): SqlDatabase {
  try {
    return use();
  } catch (error) {
    database.close();
    throw error;
  }
}

function asPort(database: DatabaseSync, path: string, reservePath?: string): SqlDatabase {
  return {
    exec: (sql) => database.exec(sql),
    prepare: (sql) => database.prepare(sql),
    close: () => database.close(),
    inMemory: () => new DatabaseSync(":memory:"),
    isDiskFull: () => isDiskFull(dirname(path)),
    ...(reservePath !== undefined && { reserve: new FileReserve(reservePath) }),
  };
}

/** Whether the disk of a folder has no room for anything; false where that cannot be asked. */
export function isDiskFull(folder: string): boolean {
  return freeBytes(folder) < ROOM_BYTES_MIN;
}

/** What is free on the disk of a folder; `Infinity` where that cannot be asked. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}
