import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { DetailStatus, JobFileRecord } from "../../../protocol/job-record.ts";
import type { Status } from "../../../protocol/status.ts";
import type { StopFact } from "../../observation/stop-fact.ts";
import type { TargetName } from "./job-rules.ts";
import { isIncomplete, type Outcome } from "./outcome.ts";
import { addTrouble, allowedJobStatuses, type Troubles } from "./troubles.ts";
import type { InvariantId } from "./violation.ts";

/** What the world's facts allow one target of a job to end as. */
export interface TargetExpectation<Cause extends CauseId> extends TargetName {
  /** Not empty. One status alone means that it is demanded. */
  readonly outcomes: readonly Outcome<Cause>[];
  /** Whether the details must have a row for it when the job came to its own end. */
  readonly rowRequired: boolean;
}

/** What befell a job as a whole, besides what befell its targets. */
export interface JobEvents<Cause> {
  /** Happened for sure. */
  readonly must: Troubles<Cause>;
  /** May have been noticed or not. */
  readonly may: Troubles<Cause>;
}

/** Whether a row counts as something: `perhaps` where the world cannot tell. */
export type Certainty = "yes" | "no" | "perhaps";

/** Whether one of two holds. */
export function either(one: Certainty, other: Certainty): Certainty {
  if (one === "yes" || other === "yes") return "yes";
  return one === "perhaps" || other === "perhaps" ? "perhaps" : "no";
}

/** What a row counts as in the counts of its job. */
export interface RowCounts {
  /** Among the target files and their bytes. */
  readonly targetFile: Certainty;
  /** Among the files and bytes that were sent, restored or deleted. */
  readonly transferred: Certainty;
}

/** What the world's facts allow a job and its targets to end as. */
export interface JobExpectation<
  Cause extends CauseId,
  Target extends TargetExpectation<Cause> = TargetExpectation<Cause>,
> {
  readonly targets: readonly Target[];
  readonly events: JobEvents<Cause>;
  /** Statuses that the job may have. */
  readonly allowed: ReadonlySet<Status>;
  /** The process ended under the job: its end stays blank (rule 4). */
  readonly isCut: boolean;
  /** Whether every target that needs a row must have it: not where the job ended before it came to them. */
  readonly areRowsDue: boolean;
  /** Whether nothing but one cause is possible, so that a cell of the ledger counts. */
  readonly isSharp: boolean;
  /** Whether something was tried again. */
  readonly isRetried: boolean;
  /** What a row is allowed to be whatever its target is. */
  readonly outcomesAnywhere: readonly Outcome<Cause>[];
  /** What a row violates that is about no target; undefined for one that is in order. */
  readonly strangeRow: (row: JobFileRecord) => InvariantId | undefined;
  /** Whether a target may have this row besides another one. */
  readonly mayRepeat: (row: JobFileRecord) => boolean;
  /** What a row counts as; its target where it has one. */
  readonly counts: (row: JobFileRecord, target: Target | undefined) => RowCounts;
}

/** The one status that is demanded, or undefined when several are allowed. */
export function demandedStatus<Cause extends CauseId>(
  outcomes: readonly Outcome<Cause>[],
): DetailStatus | undefined {
  const [first, ...rest] = outcomes;
  return rest.every((other) => other.status === first?.status) ? first?.status : undefined;
}

/** Whether the process ended under a job, so that nobody wrote its end. */
export function isCutBy(stop: StopFact | undefined): boolean {
  return stop?.kind === "kill" || stop?.kind === "power-loss";
}

/** Whether a stop ends a job at once: what it had not come to has no row. */
export function endsAtOnce(stop: StopFact | undefined): boolean {
  const kind = stop?.kind;
  return isCutBy(stop) || kind === "close-tool" || kind === "fill-state-disk";
}

/**
 * The troubles of a job and its targets together. `areRowsSure`: each target that has only one way to
 * end came to its end, so that what befell it befell the job.
 */
export function withTargets<Cause extends CauseId>(
  events: JobEvents<Cause>,
  targets: Iterable<TargetExpectation<Cause>>,
  areRowsSure: boolean,
): JobEvents<Cause> {
  const must: Troubles<Cause> = new Map(events.must);
  const may: Troubles<Cause> = new Map(events.may);
  for (const { outcomes, rowRequired } of targets) {
    const isSure = areRowsSure && rowRequired && demandedStatus(outcomes) !== undefined;
    for (const { status, causes } of outcomes) {
      if (isIncomplete(status)) addTrouble(isSure ? must : may, status, causes);
    }
  }
  return { must, may };
}

/** The statuses that a job may have after these troubles. */
export function statusesAfter<Cause>(
  { must, may }: JobEvents<Cause>,
  isCut: boolean,
): ReadonlySet<Status> {
  if (isCut) return new Set<Status>(["unexpected"]);
  return allowedJobStatuses(new Set(must.keys()), new Set(may.keys()));
}

/** How the rows of backups and delete jobs count: every file that is a target, and every one that is completed. */
export function countsByStatus({ entryKind, status }: JobFileRecord): RowCounts {
  const isFile = entryKind === "file" && status !== "excluded";
  return {
    targetFile: isFile ? "yes" : "no",
    transferred: isFile && status === "completed" ? "yes" : "no",
  };
}
