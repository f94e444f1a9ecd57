import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { Violation } from "../shared/violation.ts";
import {
  demandedStatus,
  isWell,
  type EntryExpectation,
  type Outcome,
} from "../shared/expectation.ts";
import type { JobExpectation } from "./expect-job.ts";
import type { JobRun } from "../../observation/job-run.ts";

/** A row with the outcome of the oracle that it fits. */
export interface MatchedRow {
  readonly row: JobFileRecord;
  readonly entry: EntryExpectation;
  readonly outcome: Outcome;
}

/** What comparing a job's rows with the oracle's expectations yields. */
export interface CheckedRows {
  readonly violations: readonly Violation[];
  readonly matched: readonly MatchedRow[];
}

/** Compares the rows of a job with what the oracle allows: each status, each cause, and that none is missing. */
export function checkRows(run: JobRun, expectation: JobExpectation): CheckedRows {
  const violations: Violation[] = [];
  const matched: MatchedRow[] = [];
  const entries = new Map(expectation.entries.map((entry) => [keyOf(entry), entry]));
  const seen = new Set<string>();
  const say = (invariant: Violation["invariant"], path: string, message: string): void => {
    violations.push({
      invariant,
      message: `job ${run.job.id}, ${JSON.stringify(path)}: ${message}`,
    });
  };
  for (const row of run.rows) {
    const key = keyOf(row);
    if (seen.has(key)) say("status", row.path, "has two rows");
    seen.add(key);
    if (row.path === "" && expectation.events.rowsMayLack) continue;
    const entry = entries.get(key);
    if (entry === undefined) {
      say("status", row.path, `is ${row.status}, but there is no such entry in the source`);
      continue;
    }
    const fitting = entry.outcomes.filter(({ status }) => status === row.status);
    if (fitting.length === 0) {
      const demanded = demandedStatus(entry);
      const invariant = demanded !== undefined && isWell(demanded) ? "I3" : "status";
      say(
        invariant,
        row.path,
        `is ${row.status} [${row.causes.join(", ")}] (${row.detail ?? ""}), allowed is ${shown(entry)}`,
      );
      continue;
    }
    const outcome = fitting.find(
      ({ causes }) => causes.length === 0 || causes.some((cause) => row.causes.includes(cause)),
    );
    if (outcome === undefined) {
      say(
        "status",
        row.path,
        `names causes [${row.causes.join(", ")}], allowed is ${shown(entry)}`,
      );
      continue;
    }
    matched.push({ row, entry, outcome });
  }
  if (allRowsDue(run, expectation)) {
    for (const entry of expectation.entries) {
      if (!entry.rowRequired || seen.has(keyOf(entry))) continue;
      say("status", entry.path, `has no row, allowed is ${shown(entry)}`);
    }
  }
  return { violations, matched };
}

/** Whether the job had to list every target: not when it never began, was cut off, or ended at once. */
function allRowsDue(run: JobRun, { events }: JobExpectation): boolean {
  const endedAtOnce =
    run.stop?.kind === "kill" ||
    run.stop?.kind === "power-loss" ||
    run.stop?.kind === "close-tool" ||
    events.must.has("out-of-memory");
  return !endedAtOnce && !events.rowsMayLack;
}

function keyOf(row: { readonly path: string; readonly pathBase64: string | null }): string {
  return row.pathBase64 === null ? `t:${row.path}` : `b:${row.pathBase64}`;
}

function shown(entry: EntryExpectation): string {
  return entry.outcomes
    .map(({ status, causes }) =>
      causes.length === 0 ? status : `${status} [${causes.join(", ")}]`,
    )
    .join(" or ");
}
