import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import {
  countsByStatus,
  isCutBy,
  statusesAfter,
  withTargets,
  type JobEvents,
  type JobExpectation,
  type RowCounts,
} from "../shared/job-expectation.ts";
import { RESTORE_RULES } from "../shared/job-rules.ts";
import { isIncomplete } from "../shared/outcome.ts";
import { addTrouble, type Troubles } from "../shared/troubles.ts";
import { expectRows, type RowExpectation } from "./expect-rows.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import { FALSE_ENTRY } from "./restore-outcomes.ts";
import { diskStruck, rootPerhapsRefused } from "./target-trouble.ts";

/** Works out what a restore and its rows may end as. */
export function expectRestoreJob(
  facts: RestoreFacts,
): JobExpectation<RestoreCauseId, RowExpectation> {
  const { run, communication } = facts;
  const targets = expectRows(facts);
  const events = eventsOf(facts, targets);
  const { neverBegan, rowsMayLack } = events;
  const isCut = isCutBy(run.stop);
  const troubles = withTargets(events, neverBegan ? [] : targets, !rowsMayLack);
  const allowed = statusesAfter(troubles, isCut);
  // The service said that it has names which it never had.
  const isListingFalse = communication.hasHostileEntries || communication.isEndless;
  const isDiskBad = diskStruck(run);
  return {
    targets,
    events,
    allowed,
    isCut,
    areRowsDue: !rowsMayLack,
    isSharp: allowed.size === 1,
    isRetried: communication.isRetried,
    outcomesAnywhere: isListingFalse ? [FALSE_ENTRY] : [],
    strangeRow: (row) =>
      isStrangeRowAllowed(facts, row, { rowsMayLack: rowsMayLack || isDiskBad, isListingFalse })
        ? undefined
        : "status",
    // A folder that stands there and whose names cannot be made durable is told of once more.
    mayRepeat: ({ entryKind }) => isListingFalse || (entryKind === "folder" && isDiskBad),
    counts: countsOf,
  };
}

/**
 * A file that stands there already as it was stored is completed without being fetched. One that got its
 * row before its size was known, be it the restored file as a whole or one with a false name, is no
 * target file yet.
 */
function countsOf(row: JobFileRecord, target: RowExpectation | undefined): RowCounts {
  const { targetFile, transferred } = countsByStatus(row);
  const isFalse = row.status === "communication-error";
  const isKnown = target !== undefined && !isFalse;
  return {
    targetFile: targetFile === "yes" && !isKnown ? "perhaps" : targetFile,
    transferred:
      transferred === "yes" && target?.isFetched !== "yes"
        ? (target?.isFetched ?? "perhaps")
        : transferred,
  };
}

/** Rows of the folder itself, of a folder that could not be made, and of what nobody ever stored. */
function isStrangeRowAllowed(
  { run }: RestoreFacts,
  row: JobFileRecord,
  {
    rowsMayLack,
    isListingFalse,
  }: { readonly rowsMayLack: boolean; readonly isListingFalse: boolean },
): boolean {
  if (row.path === "") return rowsMayLack && isIncomplete(row.status);
  if (isListingFalse && row.status === "communication-error") return row.causes.includes("R-CE-6");
  const isFolder = run.serviceBefore.folders.has(
    run.path === "" ? row.path : `${run.path}/${row.path}`,
  );
  return row.entryKind === "folder" && isFolder && isIncomplete(row.status);
}

interface RestoreEvents extends JobEvents<RestoreCauseId> {
  /** The job could not even begin with its targets. */
  readonly neverBegan: boolean;
  /** No row is asked for: the job may have ended before it came to its targets. */
  readonly rowsMayLack: boolean;
}

/** What befell the job as a whole. */
function eventsOf(facts: RestoreFacts, rows: readonly RowExpectation[]): RestoreEvents {
  const { run, communication } = facts;
  const must: Troubles<RestoreCauseId> = new Map();
  const may: Troubles<RestoreCauseId> = new Map();
  const rootAccess = run.targetBefore.get("")?.access;
  const isStopped = run.stop !== undefined;
  const isCalm =
    !isStopped && !facts.memoryRanOut && !rootPerhapsRefused(run) && !facts.targetTouched;
  const isHeard = communication.isWell;
  addStop(facts, rows, must, may);
  if (facts.memoryRanOut) addTrouble(isStopped ? may : must, "out-of-memory", ["R-OM-1"]);

  const isTargetWrong = !facts.targetExists;
  const isPlaceWrong = !facts.placeExists;
  if (isTargetWrong) {
    // A disk that fails at the look tells nobody that the folder is not there.
    const isSure = isCalm && !isPlaceWrong && isHeard && !diskStruck(run);
    addTrouble(isSure ? must : may, "invalid-settings", targetCauses(facts));
  }
  if (isPlaceWrong) {
    const isSure = isCalm && !isTargetWrong && isHeard && rootAccess === "read-write";
    addTrouble(isSure ? must : may, "invalid-settings", placeCauses(facts));
  }
  // With both in disorder it is either, and one of them for sure.
  if (isTargetWrong && isPlaceWrong && isCalm && isHeard) {
    addTrouble(must, "invalid-settings", [...targetCauses(facts), ...placeCauses(facts)]);
  }
  if (facts.targetExists && rootAccess !== "read-write") {
    const isSure = isCalm && !isPlaceWrong && isHeard && needsRoot(rows);
    addTrouble(isSure ? must : may, "access-denied", ["R-AD-1"]);
  }
  const isRootWrong = isTargetWrong || rootAccess !== "read-write";
  if (facts.targetTouched) {
    addTrouble(may, "invalid-settings", ["R-IS-1", "R-IS-2"]);
    addTrouble(may, "access-denied", ["R-AD-1", "R-AD-2"]);
    addTrouble(may, "unexpected", ["R-UX-4"]);
  }
  if (diskStruck(run)) addTrouble(may, "unexpected", ["R-UX-4"]);
  if (rootPerhapsRefused(run)) {
    addTrouble(may, "access-denied", ["R-AD-1", "R-AD-2"]);
    addTrouble(may, "invalid-settings", ["R-IS-1", "R-IS-2"]);
  }
  if (facts.placeTouched) addTrouble(may, "invalid-settings", ["R-IS-3", "R-IS-4"]);
  if (communication.causes.length > 0) {
    const isFalse = communication.hasHostileEntries || communication.isEndless;
    const isSure = isCalm && !isRootWrong && !isPlaceWrong && (communication.isGone || isFalse);
    addTrouble(isSure ? must : may, "communication-error", communication.causes);
  }
  const neverBegan = isTargetWrong || isPlaceWrong;
  const rowsMayLack =
    neverBegan ||
    rootAccess !== "read-write" ||
    isStopped ||
    !isCalm ||
    facts.placeTouched ||
    !(communication.isWellButForEntries || onlyOwnPaths(facts));
  return { must, may, neverBegan, rowsMayLack };
}

/** Whether all that failed on the way to the service, false entries aside, is about single files' own bytes. */
function onlyOwnPaths({ communication, run }: RestoreFacts): boolean {
  if (communication.isGone || communication.isEndless) return false;
  const { network, outage, storage = [] } = run.faults;
  if (network !== undefined || outage !== undefined) return false;
  return storage.every(
    ({ kind, operation, path }) =>
      kind === "hostile-listing" || (operation === "getFile" && path !== undefined),
  );
}

function needsRoot(rows: readonly RowExpectation[]): boolean {
  return rows.some(({ mustBeWritten, path }) => mustBeWritten && !path.includes("/"));
}

function targetCauses({ run }: RestoreFacts): readonly RestoreCauseId[] {
  return [run.targetLost === "renamed" ? "R-IS-2" : "R-IS-1"];
}

function placeCauses({ run }: RestoreFacts): readonly RestoreCauseId[] {
  if (run.placeLost === undefined) return ["R-IS-3", "R-IS-4"];
  return [run.placeLost === "renamed" ? "R-IS-4" : "R-IS-3"];
}

function addStop(
  facts: RestoreFacts,
  rows: readonly RowExpectation[],
  must: Troubles<RestoreCauseId>,
  may: Troubles<RestoreCauseId>,
): void {
  const { run } = facts;
  const stop = run.stop && RESTORE_RULES.stops[run.stop.kind];
  if (stop === undefined) return;
  const isCut = isCutBy(run.stop);
  const isDisturbed =
    !facts.communication.isWell ||
    facts.memoryRanOut ||
    facts.targetTouched ||
    facts.placeTouched ||
    diskStruck(run) ||
    !facts.placeExists ||
    !facts.targetExists ||
    // Then the job may have come to its end by that.
    run.targetBefore.get("")?.access !== "read-write";
  const hasRow = new Set(
    run.rows.filter(({ status }) => status !== "unexpected").map(({ path }) => path),
  );
  const isLeft = rows.some(({ path, rowRequired }) => rowRequired && !hasRow.has(path));
  addTrouble(isCut || (isLeft && !isDisturbed) ? must : may, stop.status, [stop.cause]);
}
