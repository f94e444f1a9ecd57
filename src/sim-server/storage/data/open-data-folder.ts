import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { message, type Message } from "../../../messages/message.ts";
import { reasonOf } from "../../../messages/reason-of.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import { DataFile } from "./data-file.ts";

/** The one file in a data folder; SQLite keeps `-wal` beside it while it is open. */
const FILE_NAME = "service.db";

/**
 * The data of a service in a folder, which is made when it is not there, for its owner alone: there are
 * passwords in it. Throws a `SpokenError` that names the file when it cannot be used.
 */
export function openDataFolder(path: string): DataFile {
  const file = join(path, FILE_NAME);
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    const data = new DataFile(file);
    chmodSync(file, 0o600);
    return data;
  } catch (error) {
    throw new SpokenError(message("service.data-unusable", { file, why: whyOf(error) }), error);
  }
}

function whyOf(error: unknown): Message {
  if (error instanceof SpokenError) return error.reason;
  const text = error instanceof Error ? error.message : String(error);
  if (text === "database is locked") return message("service.data-in-use");
  const isOfSystem = error instanceof Error && "syscall" in error;
  return isOfSystem ? reasonOf(error) : message("service.data-damaged", { detail: text });
}
