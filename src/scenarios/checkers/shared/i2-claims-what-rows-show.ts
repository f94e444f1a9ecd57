import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { CheckedJob, Report } from "./checked-job.ts";
import type { Certainty, JobExpectation, TargetExpectation } from "./job-expectation.ts";
import type { JobRules } from "./job-rules.ts";
import { isIncomplete } from "./outcome.ts";
import { allowedJobStatuses } from "./troubles.ts";
import { message, type Message } from "../../../messages/message.ts";

/**
 * I2: the status and the counts of a job say what its own rows show, no more and no less. Verifies the
 * status against the kinds of trouble in the rows and those of the job as a whole, and all seven counts
 * of the history list (F30), and that no folder counts bytes. Does not verify a job that was cut off: its counts are those of the last
 * flush. Whether the rows themselves are true is not its matter.
 */
export function claimsWhatRowsShow<Cause extends CauseId, Target extends TargetExpectation<Cause>>(
  { job, rows }: Pick<CheckedJob, "job" | "rows">,
  { isCut, events, targets, counts }: JobExpectation<Cause, Target>,
  { rules, report }: { readonly rules: JobRules<Cause>; readonly report: Report },
): void {
  for (const { path, entryKind, sizeBytes } of rows) {
    // What a disk calls the size of a folder is that of its list of names.
    if (entryKind !== "folder" || sizeBytes === 0) continue;
    const sized = { path: JSON.stringify(path), bytes: sizeBytes };
    report("I2", message("checked-job.sized-folder", sized));
  }
  if (isCut) return;
  const kinds = new Set(rows.flatMap(({ status }) => (isIncomplete(status) ? [status] : [])));
  const ofJob = new Set([...events.must.keys(), ...events.may.keys()]);
  if (!allowedJobStatuses(kinds, ofJob).has(job.status)) {
    const found = kinds.size === 0 ? message("checked-job.no-trouble") : [...kinds];
    report("I2", message("checked-job.rows-show-otherwise", { status: job.status, kinds: found }));
  }
  const byKey = new Map(targets.map((target) => [rules.keyOf(target), target]));
  const counted = rows.map((row) => ({ row, as: counts(row, byKey.get(rules.keyOf(row))) }));
  const files = total(counted.map(({ row, as }) => [row, as.targetFile]));
  const transferred = total(counted.map(({ row, as }) => [row, as.transferred]));
  const excluded = rows.filter(({ status }) => status === "excluded").length;
  const own = rows.length - excluded;
  const claims: readonly (readonly [Message, number, Range])[] = [
    [message("checked-job.targets"), job.targetCount, [own, own]],
    [message("checked-job.target-files"), job.targetFileCount, files.count],
    [message("checked-job.target-bytes"), job.targetBytes, files.bytes],
    [message("checked-job.processed"), job.processedCount, [own, own]],
    [message("checked-job.transferred-files"), job.transferredFileCount, transferred.count],
    [message("checked-job.transferred-bytes"), job.transferredBytes, transferred.bytes],
    [message("checked-job.excluded"), job.excludedCount, [excluded, excluded]],
  ];
  for (const [what, said, [least, most]] of claims) {
    if (said >= least && said <= most) continue;
    const shown = least === most ? most : message("checked-job.range", { least, most });
    report("I2", message("checked-job.wrong-count", { said, what, shown }));
  }
}

/** The least and the most that is possible. */
type Range = readonly [number, number];

function total(rows: readonly (readonly [JobFileRecord, Certainty])[]): {
  readonly count: Range;
  readonly bytes: Range;
} {
  const sure = rows.filter(([, certainty]) => certainty === "yes");
  const possible = rows.filter(([, certainty]) => certainty !== "no");
  return {
    count: [sure.length, possible.length],
    bytes: [bytesOf(sure), bytesOf(possible)],
  };
}

function bytesOf(rows: readonly (readonly [JobFileRecord, Certainty])[]): number {
  return rows.reduce((sum, [{ sizeBytes }]) => sum + sizeBytes, 0);
}
