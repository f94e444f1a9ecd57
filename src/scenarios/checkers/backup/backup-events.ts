import { isDestinationTouched } from "../shared/touched.ts";
import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { IncompleteStatus } from "../../../protocol/status.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { isCutBy, type JobEvents } from "../shared/job-expectation.ts";
import { BACKUP_RULES } from "../shared/job-rules.ts";
import { addTrouble, type Troubles } from "../shared/troubles.ts";
import type { EntryExpectation } from "./entry-expectation.ts";
import { destinationCauses, destinationOutcomes, isEveryAnswerHeard } from "./file-outcomes.ts";
import { isIncomplete } from "../shared/outcome.ts";
import type { BackupFacts } from "./backup-facts.ts";

/** What befell a backup as a whole. */
export interface BackupEvents extends JobEvents<BackupCauseId> {
  /** The job could not even begin with its targets. */
  readonly neverBegan: boolean;
  /** No row is asked for: the job may have ended before it came to its targets. */
  readonly rowsMayLack: boolean;
}

type BackupTroubles = Troubles<BackupCauseId>;

/** What befell the job as a whole, from the world's facts. */
export function backupEventsOf(
  facts: BackupFacts,
  entries: readonly EntryExpectation[],
): BackupEvents {
  const { run, communication } = facts;
  const must: BackupTroubles = new Map();
  const may: BackupTroubles = new Map();
  const events = (neverBegan: boolean, rowsMayLack = neverBegan): BackupEvents => ({
    must,
    may,
    neverBegan,
    rowsMayLack,
  });
  addStop(facts, entries, must, may);

  const root = run.diskBefore.get(run.sourcePath);
  const rootTrouble = facts.disk.at(run.sourcePath);
  if (rootTrouble !== undefined) {
    addTrouble(may, "access-denied", ["B-AD-3"]);
    addTrouble(may, "invalid-settings", ["B-IS-1", "B-IS-2"]);
    addTrouble(may, "unexpected", ["B-UX-2", "B-UX-10"]);
  }
  const rootChanges = run.diskChanges.filter(({ path }) => path === run.sourcePath);
  const isSteady = rootTrouble === undefined && rootChanges.length === 0;
  if (run.barredAbove !== "never") {
    // Whoever cannot even look at the folder does not know whether it is there, and asks the service nothing.
    const isSure = run.barredAbove === "always" && rootTrouble === undefined;
    addTrouble(isSure ? must : may, "access-denied", ["B-AD-3"]);
    if (isSure) return events(true);
  }
  if (root?.kind !== "folder") {
    const cause = run.sourceLost === "renamed" ? "B-IS-2" : "B-IS-1";
    const isSure = rootTrouble === undefined && run.barredAbove === "never";
    addTrouble(isSure ? must : may, "invalid-settings", [cause]);
    return events(true);
  }
  if (root.denied) {
    addTrouble(isSteady ? must : may, "access-denied", ["B-AD-3"]);
    if (communication.heals && isSteady) return events(true);
  }
  if (rootChanges.some(({ after }) => after === undefined)) {
    addTrouble(may, "invalid-settings", ["B-IS-1", "B-IS-2"]);
    addTrouble(may, "unexpected", ["B-UX-3", "B-UX-4", "B-UX-5"]);
  }
  if (communication.causes.length > 0) {
    const isSure =
      communication.isGone &&
      run.stop === undefined &&
      facts.memory.causes.size === 0 &&
      rootTrouble === undefined &&
      rootChanges.length === 0;
    addTrouble(isSure ? must : may, "communication-error", communication.causes);
  }
  if (facts.strangeRefusals) addTrouble(may, "unexpected", ["B-UX-10"]);
  if (!run.serviceBefore.destinationExists) {
    const isHeard = communication.heals && !facts.strangeRefusals;
    // Whatever ends the job at once may take the place of a reason that only stops its sending.
    const isSure =
      isHeard &&
      run.stop === undefined &&
      facts.memory.causes.size === 0 &&
      rootTrouble === undefined &&
      rootChanges.length === 0;
    const isLost = isSure && !isDestinationTouched(run);
    addTrouble(isLost ? must : may, "invalid-settings", destinationCauses(run));
  }
  if (isDestinationTouched(run)) {
    for (const { status, causes } of destinationOutcomes(run)) {
      if (isIncomplete(status)) addTrouble(may, status, causes);
    }
    // Whatever is sent to a folder that is another one by now is refused.
    const isNoticed = run.destinationTouches.some(
      ({ isAfterLook, isBeforeSending }) => isAfterLook && isBeforeSending,
    );
    const isCalm =
      run.stop === undefined &&
      facts.memory.causes.size === 0 &&
      rootTrouble === undefined &&
      rootChanges.length === 0 &&
      !run.crowded &&
      isEveryAnswerHeard(run);
    if (isNoticed && isCalm) addTrouble(must, "unexpected", ["B-UX-11"]);
  }
  const { memory } = facts;
  if (memory.causes.size > 0) {
    const isSure = memory.isSure && run.stop === undefined;
    addTrouble(isSure ? must : may, "out-of-memory", memory.causes);
  }
  return events(false, root.denied || rootTrouble !== undefined || rootChanges.length > 0);
}

function addStop(
  facts: BackupFacts,
  entries: readonly EntryExpectation[],
  must: BackupTroubles,
  may: BackupTroubles,
): void {
  const { run } = facts;
  const stop = run.stop && BACKUP_RULES.stops[run.stop.kind];
  if (stop === undefined) return;
  const { status, cause } = stop;
  // What has no final status when its process ends is cut off, whatever was done by then.
  const isCut = isCutBy(run.stop);
  // What may have had its row for another reason before the stop came was not left by it for sure.
  const isLeft = entries.some(
    (entry) => entry.mustBeSent && !isThereNow(run, entry) && canOnlyBeStopped(entry, status),
  );
  const onlyStopLeaves = entries.every(
    (entry) => !entry.mustBeSent || isThereNow(run, entry) || mayBeStopped(entry, status),
  );
  addTrouble(isCut || (isLeft && onlyStopLeaves && !hasOtherReasons(facts)) ? must : may, status, [
    cause,
  ]);
}

/** Whether something else than the stop may have kept targets from being sent. */
function hasOtherReasons(facts: BackupFacts): boolean {
  const { run, communication } = facts;
  return (
    !communication.heals ||
    facts.strangeRefusals ||
    facts.memory.causes.size > 0 ||
    facts.disk.at(run.sourcePath) !== undefined ||
    !run.serviceBefore.destinationExists ||
    isDestinationTouched(run) ||
    run.diskChanges.length > 0 ||
    run.diskBefore.get(run.sourcePath)?.kind !== "folder" ||
    run.diskBefore.get(run.sourcePath)?.denied === true ||
    run.crowded
  );
}

function mayBeStopped(entry: EntryExpectation, status: IncompleteStatus): boolean {
  return entry.outcomes.some((outcome) => outcome.status === status);
}

/** Whether an entry that is not done can be so for the stop alone. */
function canOnlyBeStopped(entry: EntryExpectation, status: IncompleteStatus): boolean {
  return entry.outcomes.every(
    (outcome) => !isIncomplete(outcome.status) || outcome.status === status,
  );
}

function isThereNow(run: BackupRun, entry: EntryExpectation): boolean {
  const before = run.serviceBefore.files.get(entry.path)?.generations ?? [];
  const now = run.serviceAfter.files.get(entry.path)?.generations ?? [];
  return now.length > 0 && now[0]?.sha256 !== before[0]?.sha256;
}
