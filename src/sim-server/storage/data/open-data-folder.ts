import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { DataFile } from "./data-file.ts";

/** The one file in a data folder; SQLite keeps `-wal` beside it while it is open. */
const FILE_NAME = "service.db";

/**
 * The data of a service in a folder, which is made when it is not there, for its owner alone: there are
 * passwords in it. Throws an Error that names the folder when it cannot be used.
 */
export function openDataFolder(path: string): DataFile {
  const file = join(path, FILE_NAME);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const data = new DataFile(file);
    chmodSync(file, 0o600);
    return data;
  } catch (error) {
    throw new Error(`${file} cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === "database is locked" ? "another process uses it" : message;
}
