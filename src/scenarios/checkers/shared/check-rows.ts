import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { CheckedJob, Report } from "./checked-job.ts";
import { demandedStatus, type JobExpectation, type TargetExpectation } from "./job-expectation.ts";
import type { JobRules } from "./job-rules.ts";
import { isWell, type Outcome } from "./outcome.ts";
import { message } from "../../../messages/message.ts";

/** A row with the outcome of its target that it fits. */
export interface MatchedRow<Cause extends CauseId> {
  readonly row: JobFileRecord;
  readonly outcome: Outcome<Cause>;
}

/**
 * Compares the rows of a job with what is allowed: each status, each cause, that no target is missing
 * and none there twice. Does not look whether what a row says is so on the service or on the disk.
 */
export function checkRows<Cause extends CauseId, Target extends TargetExpectation<Cause>>(
  { rows }: Pick<CheckedJob, "rows">,
  expectation: JobExpectation<Cause, Target>,
  { rules, report }: { readonly rules: JobRules<Cause>; readonly report: Report },
): readonly MatchedRow<Cause>[] {
  const { targets, areRowsDue, outcomesAnywhere, strangeRow, mayRepeat } = expectation;
  const matched: MatchedRow<Cause>[] = [];
  const byKey = Map.groupBy(targets, rules.keyOf);
  const seen = new Set<string>();
  for (const row of rows) {
    const key = rules.keyOf(row);
    const path = JSON.stringify(row.path);
    if (seen.has(key) && !mayRepeat(row)) {
      report("status", message("checked-job.row-twice", { path }));
    }
    seen.add(key);
    const found = {
      path,
      found: `${row.status} [${row.causes.join(", ")}]`,
      detail: row.detail?.code ?? "",
    };
    const own = byKey.get(key);
    if (own === undefined) {
      const invariant = strangeRow(row);
      if (invariant !== undefined) report(invariant, message("checked-job.strange-row", found));
      continue;
    }
    const allowed = [...own.flatMap(({ outcomes }) => outcomes), ...outcomesAnywhere];
    // No world leaves a target without any way to end: the expectation itself is wrong.
    if (allowed.length === 0) {
      report("checker", message("checked-job.nothing-allowed", found));
      continue;
    }
    const fitting = allowed.filter(({ status }) => status === row.status);
    const outcome = fitting.find(
      ({ causes }) => causes.length === 0 || causes.some((cause) => row.causes.includes(cause)),
    );
    if (outcome !== undefined) {
      matched.push({ row, outcome });
      continue;
    }
    const demanded = demandedStatus(allowed);
    const isDemand = fitting.length === 0 && demanded !== undefined && isWell(demanded);
    report(
      isDemand ? rules.demand : "status",
      message("checked-job.other-row", { ...found, allowed: shown(allowed) }),
    );
  }
  for (const target of areRowsDue ? targets : []) {
    if (!target.rowRequired || seen.has(rules.keyOf(target))) continue;
    const about = { path: JSON.stringify(target.path), allowed: shown(target.outcomes) };
    report("status", message("checked-job.no-row", about));
  }
  return matched;
}

function shown(outcomes: readonly Outcome<CauseId>[]): readonly string[] {
  const texts = outcomes.map(({ status, causes }) =>
    causes.length === 0 ? status : `${status} [${causes.join(", ")}]`,
  );
  return [...new Set(texts)];
}
