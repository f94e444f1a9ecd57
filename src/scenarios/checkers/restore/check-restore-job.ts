import { CAUSES, type CauseId } from "../../../protocol/cause.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { Hit } from "../../coverage/ledger.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { Violation } from "../shared/violation.ts";
import { wholeFiles } from "./i11-whole-files.ts";
import { restoreIdentity } from "./restore-identity.ts";
import { restoredIsThere } from "./restored-is-there.ts";
import { restoresOnlyRead } from "./restores-only-read.ts";
import { allowedJobStatuses } from "../shared/mixed.ts";
import type { RowExpectation } from "./expect-rows.ts";
import { expectRestore, isIncomplete, type RestoreExpectation } from "./expect-restore.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import { addRestoreTrouble, type RestoreOutcome, type RestoreTroubles } from "./restore-outcome.ts";
import { diskStruck } from "./target-trouble.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { CheckResult } from "../shared/check-result.ts";

/** A row with the outcome of the oracle that it fits. */
interface MatchedRow {
  readonly row: JobFileRecord;
  readonly outcome: RestoreOutcome;
}

type Say = (invariant: Violation["invariant"], message: string) => void;

/** Checks one restore by the status tables and by the invariants of restores. */
export function checkRestoreJob(facts: RestoreFacts): CheckResult {
  const { run } = facts;
  const expectation = expectRestore(facts);
  const violations: Violation[] = [];
  const say: Say = (invariant, message) => {
    const about = `restore ${run.job.id} of ${run.sourcePath} to ${run.to}`;
    violations.push({ invariant, message: `${about}: ${message}` });
  };
  const matched = checkRows(run, expectation, say);
  checkStatus(run, expectation, say);
  if (!expectation.isCut) checkClaims(run, expectation, say);
  const expected = causesAsked(run, expectation, matched);
  if (expected.length > 0 && !expected.some((cause) => run.job.causes.includes(cause))) {
    const named = run.job.causes.join(", ");
    say("status", `is ${run.job.status} for [${named}], true is [${expected.join(", ")}]`);
  }
  for (const invariant of OF_ONE_RESTORE) violations.push(...invariant(run));
  return { violations, hits: violations.length === 0 ? hitsOf(facts, expectation, expected) : [] };
}

const OF_ONE_RESTORE: readonly ((run: RestoreRun) => Violation[])[] = [
  restoredIsThere,
  wholeFiles,
  restoreIdentity,
  restoresOnlyRead,
];

function checkRows(
  run: RestoreRun,
  { rows: expected, rowsMayLack, strangeRowsMayCome }: RestoreExpectation,
  say: Say,
): readonly MatchedRow[] {
  const matched: MatchedRow[] = [];
  const byPath = Map.groupBy(expected, ({ entry }) => `${entry.entryKind} ${entry.path}`);
  const seen = new Set<string>();
  for (const row of run.rows) {
    const key = `${row.entryKind} ${row.path}`;
    const about = JSON.stringify(row.path);
    // A folder that stands there and whose names cannot be made durable is told of once more.
    const isToldTwice = row.entryKind === "folder" && diskStruck(run);
    if (seen.has(key) && !strangeRowsMayCome && !isToldTwice) {
      say("status", `${about} has two rows`);
    }
    const allowed = (byPath.get(key) ?? []).flatMap(({ outcomes }) => outcomes);
    if (byPath.has(key)) seen.add(key);
    else if (isStrangeRowAllowed(run, row, rowsMayLack, strangeRowsMayCome)) continue;
    if (strangeRowsMayCome) allowed.push({ status: "communication-error", causes: ["R-CE-6"] });
    const fitting = allowed.filter(({ status }) => status === row.status);
    const outcome = fitting.find(
      ({ causes }) => causes.length === 0 || causes.some((cause) => row.causes.includes(cause)),
    );
    if (outcome !== undefined) {
      matched.push({ row, outcome });
      continue;
    }
    const found = `${row.status} [${row.causes.join(", ")}] (${row.detail ?? ""})`;
    say("status", `${about} is ${found}, allowed is ${shown(allowed)}`);
  }
  for (const { entry, isRequired, outcomes } of rowsMayLack ? [] : expected) {
    if (!isRequired || seen.has(`${entry.entryKind} ${entry.path}`)) continue;
    say("status", `${JSON.stringify(entry.path)} has no row, allowed is ${shown(outcomes)}`);
  }
  return matched;
}

/** Rows of the folder itself, of a folder that could not be made, and of what nobody ever stored. */
function isStrangeRowAllowed(
  run: RestoreRun,
  row: JobFileRecord,
  rowsMayLack: boolean,
  strangeRowsMayCome: boolean,
): boolean {
  if (row.path === "") return (rowsMayLack || diskStruck(run)) && isIncomplete(row.status);
  if (strangeRowsMayCome && row.status === "communication-error") {
    return row.causes.includes("R-CE-6");
  }
  const isFolder = run.serviceBefore.folders.has(
    run.path === "" ? row.path : `${run.path}/${row.path}`,
  );
  return row.entryKind === "folder" && isFolder && isIncomplete(row.status);
}

function checkStatus(run: RestoreRun, { allowed, isCut }: RestoreExpectation, say: Say): void {
  const { job } = run;
  if (!allowed.has(job.status)) {
    const found = `${job.status} [${job.causes.join(", ")}] (${job.detail ?? ""})`;
    const invariant = job.status === "completed" ? "I2" : "status";
    say(invariant, `is ${found}, allowed is ${[...allowed].join(" or ")}`);
  }
  if (isCut) {
    if (job.endedAtMs !== null) say("status", "was cut off and has an end time");
    return;
  }
  if (job.status === "running" || job.endedAtMs === null) return say("I13", "never ended");
  if (job.endedAtMs < job.startedAtMs) say("I13", "ended before it started");
}

/** I2: the status and the counts say what the rows show. */
function checkClaims(run: RestoreRun, { must, may }: RestoreExpectation, say: Say): void {
  const { job, rows } = run;
  const kinds = new Set(rows.flatMap(({ status }) => (isIncomplete(status) ? [status] : [])));
  if (!allowedJobStatuses(kinds, new Set([...must.keys(), ...may.keys()])).has(job.status)) {
    say("I2", `is ${job.status}, but its rows show ${[...kinds].join(", ") || "no trouble"}`);
  }
  const done = rows.filter((row) => row.status === "completed" && row.entryKind === "file");
  const excludedCount = rows.filter((row) => row.status === "excluded").length;
  const doneBytes = done.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (job.transferredFileCount > done.length) {
    say("I2", `says ${job.transferredFileCount} files, its rows show ${done.length}`);
  }
  if (job.transferredBytes > doneBytes) {
    say("I2", `says ${job.transferredBytes} bytes, its rows show ${doneBytes}`);
  }
  const pairs = [
    ["excluded entries", job.excludedCount, excludedCount],
    ["processed targets", job.processedCount, rows.length - excludedCount],
  ] as const;
  for (const [what, said, counted] of pairs) {
    if (said !== counted) say("I2", `says ${said} ${what}, its rows show ${counted}`);
  }
}

/** The causes of which the job has to name one. */
function causesAsked(
  run: RestoreRun,
  { must, may }: RestoreExpectation,
  matched: readonly MatchedRow[],
): readonly CauseId[] {
  const { job, stop } = run;
  if (stop?.kind === "kill") return ["R-UX-2"];
  if (stop?.kind === "power-loss") return ["R-UX-3"];
  if (job.status === "completed") return ["R-OK-1"];
  const truth: RestoreTroubles = new Map();
  for (const { row, outcome } of matched) {
    if (isIncomplete(row.status)) addRestoreTrouble(truth, row.status, outcome.causes);
  }
  for (const troubles of [must, may]) {
    for (const [status, causes] of troubles) addRestoreTrouble(truth, status, [...causes]);
  }
  const kinds = new Set(
    matched.flatMap(({ row }) => (isIncomplete(row.status) ? [row.status] : [])),
  );
  if (kinds.size > 1) return ["R-UX-5"];
  const own = isIncomplete(job.status) ? [...(truth.get(job.status) ?? [])] : [];
  return job.status === "unexpected" && truth.size > 1 ? [...own, "R-UX-5"] : own;
}

function hitsOf(
  facts: RestoreFacts,
  { allowed }: RestoreExpectation,
  expected: readonly CauseId[],
): readonly Hit[] {
  const { run } = facts;
  const hits: Hit[] = [];
  if (run.jobAtStart.status === "running" && run.jobAtStart.causes.includes("R-RUN-1")) {
    hits.push({ cause: "R-RUN-1", phase: run.afterRestart ? "after-restart" : "first-try" });
  }
  if (allowed.size !== 1) return hits;
  for (const cause of expected) {
    if (!run.job.causes.includes(cause) || CAUSES[cause].status !== run.job.status) continue;
    hits.push({ cause, phase: phaseOf(facts) });
  }
  return hits;
}

function phaseOf({ run, communication }: RestoreFacts): Phase {
  if (run.afterRestart) return "after-restart";
  return communication.isRetried ? "after-retry" : "first-try";
}

function shown(outcomes: RowExpectation["outcomes"]): string {
  const texts = outcomes.map(({ status, causes }) =>
    causes.length === 0 ? status : `${status} [${causes.join(", ")}]`,
  );
  return [...new Set(texts)].join(" or ") || "none";
}
