import { CAUSES, type CauseId } from "../../../protocol/causes/causes.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { Hit } from "../../coverage/ledger.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { CheckedJob, Report } from "./checked-job.ts";
import { askedCauses } from "./asked-causes.ts";
import type { CheckResult } from "./check-result.ts";
import { checkReasons } from "./check-reasons.ts";
import { checkRows } from "./check-rows.ts";
import { claimsWhatRowsShow } from "./i2-claims-what-rows-show.ts";
import type { JobExpectation, TargetExpectation } from "./job-expectation.ts";
import type { JobRules } from "./job-rules.ts";
import type { Violation } from "./violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "./named-job.ts";

/**
 * Holds one job against what the world's facts allow. It verifies each row (status, cause, reason, that none is
 * missing, none there twice), the job's status, its causes and its end time, and that status and counts
 * are what its own rows show (I2). It counts the cells that the job reached, where only one cause was
 * possible. It does not look at the service or at the disk: the checkers of each kind of job do.
 */
export function checkJob<Cause extends CauseId, Target extends TargetExpectation<Cause>>(
  run: CheckedJob,
  expectation: JobExpectation<Cause, Target>,
  rules: JobRules<Cause>,
): CheckResult {
  const violations: Violation[] = [];
  const { job } = run;
  const report: Report = (invariant, what) => {
    const about = { job: namedJob(job), source: run.sourcePath };
    violations.push({ invariant, message: message("checked-job.of", { ...about, what }) });
  };
  const matched = checkRows(run, expectation, { rules, report });
  checkEnd(run, expectation, report);
  checkLooks(run, rules, report);
  claimsWhatRowsShow(run, expectation, { rules, report });
  checkReasons(run, report);
  const asked = askedCauses(run, expectation, { rules, matched });
  if (asked.length > 0 && !asked.some((cause) => job.causes.includes(cause))) {
    report(
      "status",
      message("checked-job.other-causes", { found: namedIn(job), asked: asked.join(", ") }),
    );
  }
  const hits = violations.length === 0 ? reachedCells(run, expectation, { rules, asked }) : [];
  return { violations, hits };
}

/** The status and the end time. */
function checkEnd(
  { job }: CheckedJob,
  { allowed, isCut }: Pick<JobExpectation<CauseId>, "allowed" | "isCut">,
  report: Report,
): void {
  if (!allowed.has(job.status)) {
    const invariant = job.status === "completed" ? "I2" : "status";
    const found = { found: namedIn(job), detail: job.detail?.code ?? "" };
    report(invariant, message("checked-job.other-status", { ...found, allowed: [...allowed] }));
  }
  if (isCut) {
    if (job.endedAtMs !== null) report("status", message("checked-job.cut-has-end"));
  } else if (job.endedAtMs === null || job.status === "running" || job.status === "waiting") {
    report("I13", message("checked-job.never-ended", { status: job.status }));
  } else if (job.endedAtMs < job.startedAtMs) {
    report("I13", message("checked-job.ended-early"));
  }
}

/** What a job is shown as while it works or waits. */
function checkLooks<Cause extends CauseId>(
  { looks, job }: Pick<CheckedJob, "looks" | "job">,
  { running, waiting }: JobRules<Cause>,
  report: Report,
): void {
  for (const seen of looks) {
    if (seen === undefined) {
      report("status", message("checked-job.not-listed"));
      continue;
    }
    // Its end is written a moment before it is told.
    const isEnded = seen.endedAtMs !== null && seen.endedAtMs === job.endedAtMs;
    if (isEnded && namedIn(seen) === namedIn(job)) continue;
    const due = seen.status === "waiting" ? waiting : running;
    const isRight = due !== undefined && CAUSES[due].status === seen.status;
    if (!isRight || seen.causes.join() !== due || seen.endedAtMs !== null) {
      const shown = { seen: namedIn(seen), due: due ?? "" };
      report("status", message("checked-job.shown-otherwise", shown));
    }
  }
}

function namedIn({ status, causes }: JobRecord): string {
  return `${status} [${causes.join(", ")}]`;
}

interface Reached<Cause extends CauseId> {
  readonly rules: JobRules<Cause>;
  /** The causes of which the job had to name one. */
  readonly asked: readonly Cause[];
}

/** The cells of the ledger that a job reached which has no violation. */
export function reachedCells<Cause extends CauseId>(
  { job, looks, afterRestart }: CheckedJob,
  { isSharp, isRetried }: Pick<JobExpectation<Cause>, "isSharp" | "isRetried">,
  { rules, asked }: Reached<Cause>,
): readonly Hit[] {
  const first: Phase = afterRestart ? "after-restart" : "first-try";
  const hits: Hit[] = [];
  const seen = new Set(looks.map((look) => look?.status));
  if (seen.has("running")) hits.push({ cause: rules.running, phase: first });
  if (seen.has("waiting") && rules.waiting !== undefined)
    hits.push({ cause: rules.waiting, phase: first });
  if (!isSharp) return hits;
  for (const cause of asked) {
    if (!job.causes.includes(cause) || CAUSES[cause].status !== job.status) continue;
    const isAfterRetry = rules.causesAfterRetry.includes(cause) || (isRetried && !afterRestart);
    hits.push({ cause, phase: isAfterRetry ? "after-retry" : first });
  }
  return hits;
}
