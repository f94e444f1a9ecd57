import { closeSync, existsSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

import type { SqlDatabase } from "../ports/database.ts";

/** How `openNodeDatabase` opens. */
export interface NodeDatabaseOptions {
  /** Refuse every write, for a process that only looks while another one works. Default false. */
  readonly readOnly?: boolean;
}

/** How long a statement waits for another process before it fails. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens, or creates, the SQLite file at `path` as the port asks: what was committed survives a
 * power loss, and readers in other processes do not stop the one that writes (WAL). A new file is
 * readable by its owner only; SQLite gives its companions (`-wal`, `-shm`) the same mode.
 */
export function openNodeDatabase(path: string, options: NodeDatabaseOptions = {}): SqlDatabase {
  const readOnly = options.readOnly ?? false;
  // Only when it is not there: closing a file gives up the locks SQLite may hold on it (POSIX).
  if (!readOnly && !existsSync(path)) closeSync(openSync(path, "a", 0o600));
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  if (readOnly) {
    database.exec("PRAGMA query_only = ON");
  } else {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  }
  return database;
}
