import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";
import { lastHealingRuns } from "./last-healing-runs.ts";

/**
 * I4: once faults stop, the next run ends completed and service and source agree. Verifies the last healing
 * run of each source of the PC. Does not verify the neighbour, nor folders, nor old generations.
 */
export function healing(record: RunRecord): Violation[] {
  return lastHealingRuns(record).flatMap((run) => [
    ...statusViolations(run),
    ...contentViolations(run),
  ]);
}

function statusViolations(run: BackupRun): Violation[] {
  if (run.job.status === "completed") return [];
  const found = `${run.job.status} [${run.job.causes.join(", ")}] ${run.job.detail?.code ?? ""}`;
  const said = { job: namedJob(run.job), what: message("checked-job.ended", { found }) };
  return [{ invariant: "I4", message: message("checked-run.not-healed", said) }];
}

function contentViolations(run: BackupRun): Violation[] {
  return unlikeSource(run).map((difference) => ({
    invariant: "I4",
    message: message("checked-run.after-healing", { difference }),
  }));
}

/** Files of the source that the service lacks or has otherwise when a backup is over. */
export function unlikeSource(run: BackupRun): readonly Message[] {
  const differences: Message[] = [];
  for (const fact of run.diskBefore.values()) {
    if (fact.kind !== "file" || (fact.hidden && !run.includeHidden)) continue;
    const path = fact.path.slice(run.sourcePath.length + 1);
    if (isBelowHidden(run, fact.path)) continue;
    const stored = run.serviceAfter.files.get(path)?.generations[0]?.sha256;
    if (stored === fact.sha256) continue;
    const found = stored === undefined ? "missing-on-service" : "other-on-service";
    differences.push(message(`checked-run.${found}`, { path: JSON.stringify(path) }));
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
