import { formatMode } from "../../../protocol/posix-mode.ts";
import { isWell } from "../shared/outcome.ts";
import { isDestinationTouched, isTouched, isTouchedDuring } from "../shared/touched.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I1: what is reported well is on the service, as it was on the disk at one moment of the run, with a mode
 * that it had then. Verifies every
 * row that says completed or without difference, files and folders. Does not verify names that are no
 * Unicode, what people touched in the explorer, nor generations below the newest.
 */
export function reportedIsStored(run: BackupRun): Violation[] {
  if (isDestinationTouched(run)) return [];
  const held = contentsHeld(run);
  return run.rows
    .filter((row) => isWell(row.status) && row.pathBase64 === null && !isOthers(run, row.path))
    .flatMap((row) => {
      const { status } = row;
      const violation = (what: Message): Violation => {
        const about = { job: namedJob(run.job), path: JSON.stringify(row.path) };
        return { invariant: "I1", message: message("checked-job.at", { ...about, what }) };
      };
      if (row.entryKind === "folder") {
        if (run.serviceAfter.folders.has(row.path)) return [];
        return [violation(message("checked-backup.no-folder", { status }))];
      }
      const stored = run.serviceAfter.files.get(row.path)?.generations[0];
      if (stored === undefined) {
        return [violation(message("checked-backup.no-file", { status }))];
      }
      if (held.get(row.path)?.has(stored.sha256) === true) {
        if (modesHeld(run, row.path).has(stored.mode)) return [];
        const mode = stored.mode ?? "null";
        return [violation(message("checked-backup.other-mode", { status, mode }))];
      }
      return [violation(message("checked-backup.other-bytes", { status }))];
    });
}

/**
 * Whether people in the explorer answer for what is there: always for what they touched during the run,
 * and for what they touched before unless the run compared with the service (F16).
 */
function isOthers(run: BackupRun, path: string): boolean {
  return isTouchedDuring(run, path) || (!run.compareUpload && isTouched(run, path));
}

/** Every mode that a file had at some moment of the run, as the service would have it; null where there is none. */
function modesHeld(run: BackupRun, path: string): ReadonlySet<string | null> {
  const at = `${run.sourcePath}/${path}`;
  const changes = run.diskChanges.filter((change) => change.path === at);
  const facts = [run.diskBefore.get(at), ...changes.map(({ after }) => after)];
  return new Set(facts.map((fact) => (fact && run.hasModes ? formatMode(fact.mode) : null)));
}

/** Every content that each path below the source held at some moment of the run. */
function contentsHeld(run: BackupRun): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>();
  const facts = [...run.diskBefore.values(), ...run.diskChanges.map(({ after }) => after)];
  for (const fact of facts) {
    if (fact?.kind !== "file") continue;
    const path = fact.path.slice(run.sourcePath.length + 1);
    held.set(path, (held.get(path) ?? new Set()).add(fact.sha256));
  }
  return held;
}
