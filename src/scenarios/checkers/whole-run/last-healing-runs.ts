import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";

/** The last backup of each source of the PC once the faults stop. */
export function lastHealingRuns({ backups }: RunRecord): readonly BackupRun[] {
  const last = new Map<string, BackupRun>();
  for (const run of backups) {
    if (run.phase === "healing" && run.device === "pc") last.set(run.sourcePath, run);
  }
  return [...last.values()];
}
