import { isSameDevice } from "../core/device-id.ts";
import type { DiskStat } from "../ports/source-disk.ts";
import { RowReader } from "./row.ts";
import type { StateDatabase } from "./state-database.ts";

/** Which folder it was that stood at a key. */
export interface KnownFolder extends Pick<DiskStat, "deviceId" | "fileId"> {
  /** The device of what stood there before, where that was another one. */
  readonly wasDeviceId: string | null;
}

/**
 * Which folder stood at each key of a source when it was last listed, also at keys where none stands any
 * more. Methods that write belong inside a transaction.
 */
export class KnownFolders {
  readonly #database: StateDatabase;
  readonly #sourceId: number;

  constructor(database: StateDatabase, sourceId: number) {
    this.#database = database;
    this.#sourceId = sourceId;
  }

  find(key: string): KnownFolder | undefined {
    const row = this.#database.get(
      "SELECT * FROM known_folder WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
    if (row === undefined) return undefined;
    const reader = new RowReader(row);
    return {
      deviceId: reader.text("device_id"),
      fileId: reader.text("file_id"),
      wasDeviceId: reader.textOrNull("was_device_id"),
    };
  }

  /** The keys at which this folder stood. */
  keysOf(fileId: string): readonly string[] {
    const rows = this.#database.all(
      "SELECT key FROM known_folder WHERE source_id = ? AND file_id = ?",
      this.#sourceId,
      fileId,
    );
    return rows.map((row) => new RowReader(row).text("key"));
  }

  put(key: string, { deviceId, fileId }: Pick<DiskStat, "deviceId" | "fileId">): void {
    const before = this.find(key);
    const isSame = before !== undefined && isSameDevice(before.deviceId, deviceId);
    this.#database.run(
      `INSERT INTO known_folder (source_id, key, device_id, file_id, was_device_id) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (source_id, key) DO UPDATE SET device_id = excluded.device_id,
         file_id = excluded.file_id, was_device_id = excluded.was_device_id`,
      this.#sourceId,
      key,
      deviceId,
      fileId,
      (isSame ? before.wasDeviceId : before?.deviceId) ?? null,
    );
  }

  remove(key: string): void {
    this.#database.run(
      "DELETE FROM known_folder WHERE source_id = ? AND key = ?",
      this.#sourceId,
      key,
    );
  }
}
