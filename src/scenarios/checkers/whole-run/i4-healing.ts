import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I4: once faults stop, the next run ends completed and service and source agree. Verifies the last healing
 * run of each source of the PC. Does not verify the neighbour, nor folders, nor old generations.
 */
export function healing(record: RunRecord): Violation[] {
  const last = new Map<string, BackupRun>();
  for (const run of record.backups) {
    if (run.phase === "healing" && run.device === "pc") last.set(run.sourcePath, run);
  }
  return [...last.values()].flatMap((run) => [...statusViolations(run), ...contentViolations(run)]);
}

function statusViolations(run: BackupRun): Violation[] {
  if (run.job.status === "completed") return [];
  const detail = `${run.job.status} [${run.job.causes.join(", ")}] ${run.job.detail?.code ?? ""}`;
  return [
    { invariant: "I4", message: `job ${run.job.id}, after all faults stopped, ended ${detail}` },
  ];
}

function contentViolations(run: BackupRun): Violation[] {
  return unlikeSource(run).map((difference) => ({
    invariant: "I4",
    message: `after healing, ${difference}`,
  }));
}

/** Files of the source that the service lacks or has otherwise when a backup is over, in words. */
export function unlikeSource(run: BackupRun): readonly string[] {
  const differences: string[] = [];
  for (const fact of run.diskBefore.values()) {
    if (fact.kind !== "file" || (fact.hidden && !run.includeHidden)) continue;
    const path = fact.path.slice(run.sourcePath.length + 1);
    if (isBelowHidden(run, fact.path)) continue;
    const stored = run.serviceAfter.files.get(path)?.generations[0]?.sha256;
    if (stored === fact.sha256) continue;
    const found = stored === undefined ? "is missing there" : "differs there";
    differences.push(`${JSON.stringify(path)} ${found}`);
  }
  return differences;
}

function isBelowHidden(run: BackupRun, path: string): boolean {
  if (run.includeHidden) return false;
  for (let at = path; at.length > run.sourcePath.length; at = at.slice(0, at.lastIndexOf("/"))) {
    if (run.diskBefore.get(at)?.hidden === true) return true;
  }
  return false;
}
