import type { RestoreCauseId } from "../../../protocol/cause.ts";
import {
  INCOMPLETE_STATUSES,
  type IncompleteStatus,
  type Status,
} from "../../../protocol/status.ts";
import { allowedJobStatuses } from "../shared/mixed.ts";
import { expectRows, type RowExpectation } from "./expect-rows.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import { addRestoreTrouble, type RestoreTroubles } from "./restore-outcome.ts";
import { diskStruck, rootPerhapsRefused } from "./target-trouble.ts";

/** What the world's facts allow a restore and its rows to end as. */
export interface RestoreExpectation {
  readonly rows: readonly RowExpectation[];
  /** Kinds of trouble that befell the job as a whole for sure, and those that may have. */
  readonly must: RestoreTroubles;
  readonly may: RestoreTroubles;
  readonly allowed: ReadonlySet<Status>;
  /** The process ended under the job: its end stays blank (rule 4). */
  readonly isCut: boolean;
  /** No row is asked for: the job may have ended before it came to its targets. */
  readonly rowsMayLack: boolean;
  /** Rows of names that the service never had are in order: it said that it has them. */
  readonly strangeRowsMayCome: boolean;
}

/** Works out what a restore and its rows may end as. */
export function expectRestore(facts: RestoreFacts): RestoreExpectation {
  const { run, communication } = facts;
  const rows = expectRows(facts);
  const events = eventsOf(facts, rows);
  const must = copy(events.must);
  const may = copy(events.may);
  if (!events.neverBegan) {
    for (const row of rows) {
      const statuses = new Set(row.outcomes.map(({ status }) => status));
      const isSure = row.isRequired && statuses.size === 1 && !events.rowsMayLack;
      for (const { status, causes } of row.outcomes) {
        if (isIncomplete(status)) addRestoreTrouble(isSure ? must : may, status, causes);
      }
    }
  }
  const isCut = run.stop?.kind === "kill" || run.stop?.kind === "power-loss";
  return {
    rows,
    must,
    may,
    allowed: isCut
      ? new Set<Status>(["unexpected"])
      : allowedJobStatuses(new Set(must.keys()), new Set(may.keys())),
    isCut,
    rowsMayLack: events.rowsMayLack,
    strangeRowsMayCome: communication.hasHostileEntries || communication.isEndless,
  };
}

/** Whether a status is one of those that leave something undone. */
export function isIncomplete(status: string): status is IncompleteStatus {
  return (INCOMPLETE_STATUSES as readonly string[]).includes(status);
}

interface Events {
  readonly must: RestoreTroubles;
  readonly may: RestoreTroubles;
  readonly neverBegan: boolean;
  readonly rowsMayLack: boolean;
}

/** What befell the job as a whole. */
function eventsOf(facts: RestoreFacts, rows: readonly RowExpectation[]): Events {
  const { run, communication } = facts;
  const must: RestoreTroubles = new Map();
  const may: RestoreTroubles = new Map();
  const rootAccess = run.targetBefore.get("")?.access;
  const isStopped = run.stop !== undefined;
  const isCalm =
    !isStopped && !facts.memoryRanOut && !rootPerhapsRefused(run) && !facts.targetTouched;
  const isHeard = communication.isWell;
  addStop(facts, rows, must, may);
  if (facts.memoryRanOut) addRestoreTrouble(isStopped ? may : must, "out-of-memory", ["R-OM-1"]);

  const isTargetWrong = !facts.targetExists;
  const isPlaceWrong = !facts.placeExists;
  if (isTargetWrong) {
    const isSure = isCalm && !isPlaceWrong && isHeard;
    addRestoreTrouble(isSure ? must : may, "invalid-settings", targetCauses(facts));
  }
  if (isPlaceWrong) {
    const isSure = isCalm && !isTargetWrong && isHeard && rootAccess === "read-write";
    addRestoreTrouble(isSure ? must : may, "invalid-settings", placeCauses(facts));
  }
  // With both in disorder it is either, and one of them for sure.
  if (isTargetWrong && isPlaceWrong && isCalm && isHeard) {
    addRestoreTrouble(must, "invalid-settings", [...targetCauses(facts), ...placeCauses(facts)]);
  }
  if (facts.targetExists && rootAccess !== "read-write") {
    const isSure = isCalm && !isPlaceWrong && isHeard && needsRoot(rows);
    addRestoreTrouble(isSure ? must : may, "access-denied", ["R-AD-1"]);
  }
  const isRootWrong = isTargetWrong || rootAccess !== "read-write";
  if (facts.targetTouched) {
    addRestoreTrouble(may, "invalid-settings", ["R-IS-1", "R-IS-2"]);
    addRestoreTrouble(may, "access-denied", ["R-AD-1", "R-AD-2"]);
    addRestoreTrouble(may, "unexpected", ["R-UX-4"]);
  }
  if (diskStruck(run)) addRestoreTrouble(may, "unexpected", ["R-UX-4"]);
  if (rootPerhapsRefused(run)) {
    addRestoreTrouble(may, "access-denied", ["R-AD-1", "R-AD-2"]);
    addRestoreTrouble(may, "invalid-settings", ["R-IS-1", "R-IS-2"]);
  }
  if (facts.placeTouched) addRestoreTrouble(may, "invalid-settings", ["R-IS-3", "R-IS-4"]);
  if (communication.causes.length > 0) {
    const isFalse = communication.hasHostileEntries || communication.isEndless;
    const isSure = isCalm && !isRootWrong && !isPlaceWrong && (communication.isGone || isFalse);
    addRestoreTrouble(isSure ? must : may, "communication-error", communication.causes);
  }
  const neverBegan = isTargetWrong || isPlaceWrong;
  const rowsMayLack =
    neverBegan ||
    rootAccess !== "read-write" ||
    isStopped ||
    !isCalm ||
    facts.placeTouched ||
    (!isHeard && !communication.hasHostileEntries && !onlyOwnPaths(facts));
  return { must, may, neverBegan, rowsMayLack };
}

/** Whether all that failed on the way to the service is about single files' own bytes. */
function onlyOwnPaths({ communication, run }: RestoreFacts): boolean {
  if (communication.isGone || communication.isEndless) return false;
  const { network, outage, storage = [] } = run.faults;
  if (network !== undefined || outage !== undefined) return false;
  return storage.every(({ operation, path }) => operation === "getFile" && path !== undefined);
}

function needsRoot(rows: readonly RowExpectation[]): boolean {
  return rows.some(({ mustBeWritten, entry }) => mustBeWritten && !entry.path.includes("/"));
}

function targetCauses({ run }: RestoreFacts): readonly RestoreCauseId[] {
  return [run.targetLost === "renamed" ? "R-IS-2" : "R-IS-1"];
}

function placeCauses({ run }: RestoreFacts): readonly RestoreCauseId[] {
  if (run.placeLost === undefined) return ["R-IS-3", "R-IS-4"];
  return [run.placeLost === "renamed" ? "R-IS-4" : "R-IS-3"];
}

const STOPS = {
  logout: "R-UX-6",
  "close-tool": "R-UX-1",
  kill: "R-UX-2",
  "power-loss": "R-UX-3",
} as const satisfies Record<string, RestoreCauseId>;

function addStop(
  facts: RestoreFacts,
  rows: readonly RowExpectation[],
  must: RestoreTroubles,
  may: RestoreTroubles,
): void {
  const { run } = facts;
  if (run.stop === undefined || run.stop.kind === "interrupt") return;
  const isCut = run.stop.kind === "kill" || run.stop.kind === "power-loss";
  const isDisturbed =
    !facts.communication.isWell ||
    facts.memoryRanOut ||
    facts.targetTouched ||
    facts.placeTouched ||
    diskStruck(run) ||
    !facts.placeExists ||
    !facts.targetExists;
  const hasRow = new Set(
    run.rows.filter(({ status }) => status !== "unexpected").map(({ path }) => path),
  );
  const isLeft = rows.some(({ entry, isRequired }) => isRequired && !hasRow.has(entry.path));
  addRestoreTrouble(isCut || (isLeft && !isDisturbed) ? must : may, "unexpected", [
    STOPS[run.stop.kind],
  ]);
}

function copy(troubles: RestoreTroubles): RestoreTroubles {
  return new Map([...troubles].map(([status, causes]) => [status, new Set(causes)]));
}
