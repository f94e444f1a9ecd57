import { compareKeys } from "../core/compare-keys.ts";
import { RowReader } from "./row.ts";
import { outOfOrder } from "./state-error.ts";
import type { StateDatabase } from "./state-database.ts";

/** Something the agent put on the service, or may have. */
export interface KnownEntry {
  /** As in the index (core/compare-keys.ts). */
  readonly key: string;
  /** As the index knows it, else as it was when it was being sent; 0 for a folder. */
  readonly sizeBytes: number;
  /** The device it was on and the file it was when it was backed up; null where that is not known. */
  readonly deviceId: string | null;
  readonly fileId: string | null;
}

/**
 * What a source has on the service as far as this agent knows that it put it there, in order of key: the entries of its
 * index, and the files whose upload was cut off and may have arrived. Holds no cursor open, so that
 * entries may be written behind the reader meanwhile.
 */
export function* knownEntries(
  database: StateDatabase,
  sourceId: number,
): Generator<KnownEntry, void> {
  let after = "";
  for (;;) {
    const rows = database.all(
      `SELECT key, size_bytes, device_id, file_id FROM file_index WHERE source_id = ? AND key > ? AND is_own = 1
       UNION ALL
       SELECT key, size_bytes, device_id, file_id FROM pending_upload AS note WHERE source_id = ? AND key > ?
         AND NOT EXISTS (
           SELECT 1 FROM file_index WHERE source_id = note.source_id AND key = note.key)
       ORDER BY key LIMIT ?`,
      sourceId,
      after,
      sourceId,
      after,
      database.pages.statePageRowCount,
    );
    for (const row of rows) {
      const reader = new RowReader(row);
      const key = reader.text("key");
      if (compareKeys(key, after) <= 0) throw outOfOrder();
      after = key;
      // Older indexes have what the disk says of a folder.
      const sizeBytes = after.endsWith("/") ? 0 : reader.number("size_bytes");
      const [deviceId, fileId] = [reader.textOrNull("device_id"), reader.textOrNull("file_id")];
      yield { key: after, sizeBytes, deviceId, fileId };
    }
    if (rows.length < database.pages.statePageRowCount) return;
  }
}
