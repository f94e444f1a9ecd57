import type { IncompleteStatus } from "../../../protocol/status.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import { targetKey, type DeletionExpectation } from "./expect-deletion.ts";
import { isIncomplete } from "../backup/expect-job.ts";
import { allowedJobStatuses } from "../shared/mixed.ts";
import type { Violation } from "../shared/violation.ts";

/** I2 for delete jobs: status and counts say what the job's own rows show, sizes what the index knew. */
export function deletionClaims(
  { job, rows, sourcePath }: DeleteRun,
  { troubles, targets }: DeletionExpectation,
): Violation[] {
  const violations: Violation[] = [];
  const say = (message: string): void => {
    violations.push({
      invariant: "I2",
      message: `delete job ${job.id} of ${sourcePath}: ${message}`,
    });
  };
  const kinds = new Set<IncompleteStatus>();
  for (const { status } of rows) if (isIncomplete(status)) kinds.add(status);
  const ofJob = new Set(troubles.troubles.map(({ status }) => status));
  if (!allowedJobStatuses(kinds, ofJob).has(job.status)) {
    say(`is ${job.status}, but its targets show ${[...kinds].join(", ") || "no trouble"}`);
  }
  const own = rows.filter(({ status }) => status !== "excluded");
  const files = own.filter(({ entryKind }) => entryKind === "file");
  const deleted = files.filter(({ status }) => status === "completed");
  const bytesOf = (some: typeof rows): number =>
    some.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const pairs = [
    ["deleted files", job.transferredFileCount, deleted.length],
    ["deleted bytes", job.transferredBytes, bytesOf(deleted)],
    ["targets", job.targetCount, own.length],
    ["target files", job.targetFileCount, files.length],
    ["target bytes", job.targetBytes, bytesOf(files)],
    ["processed targets", job.processedCount, own.length],
    ["excluded entries", job.excludedCount, rows.length - own.length],
  ] as const;
  for (const [what, said, counted] of pairs) {
    if (said !== counted) say(`says ${said} ${what}, its details show ${counted}`);
  }
  for (const row of files) {
    const known = targets.get(targetKey(row.entryKind, row.path))?.sizeBytes;
    if (known === undefined || known === row.sizeBytes) continue;
    say(`${JSON.stringify(row.path)} has ${row.sizeBytes} bytes, the index knew ${known}`);
  }
  return violations;
}
