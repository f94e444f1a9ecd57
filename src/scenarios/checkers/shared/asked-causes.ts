import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { CheckedJob } from "./checked-job.ts";
import type { MatchedRow } from "./check-rows.ts";
import type { JobExpectation } from "./job-expectation.ts";
import type { JobRules } from "./job-rules.ts";
import { isIncomplete } from "./outcome.ts";
import { addTrouble, type Troubles } from "./troubles.ts";

interface Findings<Cause extends CauseId> {
  readonly rules: JobRules<Cause>;
  readonly matched: readonly MatchedRow<Cause>[];
}

/**
 * The causes of which a job has to name one, by its status and its own rows: what stopped it, what it
 * did, or what is true of its kind of trouble. Empty where the status itself is not allowed.
 */
export function askedCauses<Cause extends CauseId>(
  { job, stop }: Pick<CheckedJob, "job" | "stop">,
  { isCut, events }: Pick<JobExpectation<Cause>, "isCut" | "events">,
  { rules, matched }: Findings<Cause>,
): readonly Cause[] {
  const cut = isCut && stop !== undefined ? rules.stops[stop.kind] : undefined;
  if (cut !== undefined) return [cut.cause];
  if (job.status === "completed") {
    const hasDone = matched.some(
      ({ row }) => row.status === "completed" && (rules.doesFolders || row.entryKind === "file"),
    );
    return [hasDone ? rules.done : rules.nothingToDo];
  }
  const ofRows: Troubles<Cause> = new Map();
  for (const { row, outcome } of matched) {
    if (isIncomplete(row.status)) addTrouble(ofRows, row.status, outcome.causes);
  }
  if (ofRows.size > 1) return [rules.mixed];
  const { status } = job;
  if (!isIncomplete(status)) return [];
  const all = [ofRows, events.must, events.may];
  const own = all.flatMap((troubles) => [...(troubles.get(status) ?? [])]);
  // One kind in the rows and another in the job as a whole are mixed as well.
  const kinds = new Set(all.flatMap((troubles) => [...troubles.keys()]));
  const isMixed = status === "unexpected" && kinds.size > 1;
  return [...new Set(isMixed ? [...own, rules.mixed] : own)];
}
