import { CAUSES, type CauseId } from "../../../protocol/cause.ts";
import type { Hit } from "../../coverage/ledger.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { CheckResult } from "../shared/check-result.ts";
import type { Violation } from "../shared/violation.ts";
import { claims } from "./i2-nothing-over-claimed.ts";
import { untouchedFiles } from "./i3-untouched-files-are-backed-up.ts";
import { expectJob, isIncomplete, type JobExpectation } from "./expect-job.ts";
import type { JobFacts } from "./job-facts.ts";
import { addTrouble, type Troubles } from "./job-events.ts";
import type { JobRun } from "../../observation/job-run.ts";
import { checkRows, type MatchedRow } from "./check-rows.ts";

/** Checks one job by the status tables: its rows, its status and causes, its times and counts. */
export function checkBackupJob(facts: JobFacts): CheckResult {
  const { run } = facts;
  const expectation = expectJob(facts);
  const { violations: rowViolations, matched } = checkRows(run, expectation);
  const violations = [...rowViolations];
  const say = (invariant: Violation["invariant"], message: string): void => {
    violations.push({ invariant, message: `job ${run.job.id} of ${run.sourcePath}: ${message}` });
  };
  checkStatus(run, expectation, say);
  violations.push(...claims(run, expectation), ...untouchedFiles(run, expectation));
  const truth = trueCauses(expectation, matched);
  const expected = causesAsked(run, truth, matched);
  if (expected.length > 0 && !expected.some((cause) => run.job.causes.includes(cause))) {
    say(
      "status",
      `is ${run.job.status} for [${run.job.causes.join(", ")}], true is [${expected.join(", ")}]`,
    );
  }
  const hits = violations.length === 0 ? hitsOf(facts, expectation, expected) : [];
  return { violations, hits };
}

type Say = (invariant: Violation["invariant"], message: string) => void;

function checkStatus(run: JobRun, expectation: JobExpectation, say: Say): void {
  const { job } = run;
  const { allowed, isCut } = expectation;
  if (!allowed.has(job.status)) {
    const invariant = job.status === "completed" ? "I2" : "status";
    say(
      invariant,
      `is ${job.status} [${job.causes.join(", ")}] (${job.detail ?? ""}), allowed is ${[...allowed].join(" or ")}`,
    );
  }
  if (isCut) {
    if (job.endedAtMs !== null) say("status", "was cut off and has an end time");
    return;
  }
  if (job.status === "running" || job.endedAtMs === null) {
    say("I13", `never ended: ${job.status}`);
    return;
  }
  if (job.endedAtMs < job.startedAtMs) say("I13", "ended before it started");
}

/** The true causes behind each kind of trouble that the job saw. */
function trueCauses(expectation: JobExpectation, matched: readonly MatchedRow[]): Troubles {
  const truth: Troubles = new Map();
  for (const { row, outcome } of matched) {
    if (isIncomplete(row.status)) addTrouble(truth, row.status, outcome.causes);
  }
  for (const events of [expectation.events.must, expectation.events.may]) {
    for (const [status, causes] of events) addTrouble(truth, status, [...causes]);
  }
  return truth;
}

/** The causes of which the job has to name one. */
function causesAsked(
  run: JobRun,
  truth: Troubles,
  matched: readonly MatchedRow[],
): readonly CauseId[] {
  const { job, stop } = run;
  if (stop?.kind === "kill") return ["B-UX-7"];
  if (stop?.kind === "power-loss") return ["B-UX-8"];
  if (job.status === "completed") {
    const sent = matched.some(({ row }) => row.status === "completed" && row.entryKind === "file");
    if (sent) return ["B-OK-1"];
    const created = matched.some(({ row }) => row.status === "completed");
    return created ? ["B-OK-1", "B-OK-2"] : ["B-OK-2"];
  }
  const kinds = new Set(
    matched.flatMap(({ row }) => (isIncomplete(row.status) ? [row.status] : [])),
  );
  if (kinds.size > 1) return ["B-UX-9"];
  const own = isIncomplete(job.status) ? [...(truth.get(job.status) ?? [])] : [];
  // One kind in the files and another in the job as a whole are mixed as well.
  return job.status === "unexpected" && truth.size > 1 ? [...own, "B-UX-9"] : own;
}

function hitsOf(
  facts: JobFacts,
  expectation: JobExpectation,
  expected: readonly CauseId[],
): readonly Hit[] {
  const { run } = facts;
  const hits: Hit[] = [];
  if (run.jobAtStart.status === "running" && run.jobAtStart.causes.includes("B-RUN-1")) {
    hits.push({ cause: "B-RUN-1", phase: run.afterRestart ? "after-restart" : "first-try" });
  }
  if (expectation.allowed.size !== 1) return hits;
  for (const cause of expected) {
    if (!run.job.causes.includes(cause) || CAUSES[cause].status !== run.job.status) continue;
    hits.push({ cause, phase: phaseOf(facts, cause) });
  }
  return hits;
}

function phaseOf(facts: JobFacts, cause: CauseId): Phase {
  const { run, communication } = facts;
  if (cause === "B-UX-1" || cause === "B-UX-2") return "after-retry";
  if (run.afterRestart) return "after-restart";
  const retried = communication.isRetried || unstable(run);
  return retried ? "after-retry" : "first-try";
}

function unstable(run: JobRun): boolean {
  return run.diskChanges.some(({ before, after }) => before !== undefined && after !== undefined);
}
