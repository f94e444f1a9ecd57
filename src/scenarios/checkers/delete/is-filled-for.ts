import type { BackupRun } from "../../observation/backup-run.ts";
import { diskTroubleOf } from "../backup/disk-trouble.ts";
import { classifyName } from "../backup/entry-rules.ts";
import type { Certainty } from "../shared/job-expectation.ts";
import { isWell } from "../shared/outcome.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";

/**
 * Whether a backup found a file in its source, so that this one is not suddenly empty (D15): one that stands there by a
 * name that can be saved, whatever becomes of it. A name that is refused, and what is left out, does not count; one that
 * the disk does not even let be looked at may or may not.
 */
export function isFilledFor(backup: BackupRun): Certainty {
  const disk = diskTroubleOf(backup);
  const files = backup.rows.filter(({ entryKind, status }) => {
    return entryKind === "file" && status !== "excluded";
  });
  const found = files.map((row): Certainty => {
    if (isWell(row.status)) return "yes";
    const place = `${backup.sourcePath}/${row.path}`;
    const isSteady = backup.diskChanges.every(
      ({ path }) => path !== place && !place.startsWith(`${path}/`),
    );
    if (!isSteady || disk.at(place) !== undefined) return "perhaps";
    return isRefused(backup, row, place) ? "no" : "yes";
  });
  if (found.includes("yes")) return "yes";
  return found.includes("perhaps") ? "perhaps" : "no";
}

/** Whether what stands at a place cannot be saved for its name. */
function isRefused(backup: BackupRun, row: JobFileRecord, place: string): boolean {
  if (row.pathBase64 !== null) return true;
  const fact = backup.diskBefore.get(place);
  if (fact === undefined) return row.status === "forbidden-characters";
  return classifyName(fact, place.slice(place.lastIndexOf("/") + 1), backup).kind === "settled";
}
