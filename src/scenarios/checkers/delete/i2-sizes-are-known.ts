import type { DeleteRun } from "../../observation/delete-run.ts";
import { DELETE_RULES } from "../shared/job-rules.ts";
import type { Violation } from "../shared/violation.ts";
import type { DeleteExpectation } from "./expect-delete-job.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I2 for delete jobs: each row shows the size that the index had. Does not verify the sum of the sizes
 * (`claimsWhatRowsShow` does), nor a job that was cut off.
 */
export function sizesAreKnown(
  { job, rows, sourcePath }: DeleteRun,
  { targets, isCut }: DeleteExpectation,
): Violation[] {
  if (isCut) return [];
  const byKey = new Map(targets.map((target) => [DELETE_RULES.keyOf(target), target]));
  return rows.flatMap((row): Violation[] => {
    if (row.entryKind !== "file" || row.status === "excluded") return [];
    const known = byKey.get(DELETE_RULES.keyOf(row))?.sizeBytes;
    if (known === undefined || known === row.sizeBytes) return [];
    const sizes = { path: JSON.stringify(row.path), found: row.sizeBytes, known };
    const said = message("checked-job.of", {
      job: namedJob(job),
      source: sourcePath,
      what: message("checked-delete.other-size", sizes),
    });
    return [{ invariant: "I2", message: said }];
  });
}
