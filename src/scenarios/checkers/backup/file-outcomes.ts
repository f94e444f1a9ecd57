import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { DiskChangeFact, DiskFact } from "../../observation/disk-fact.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { capacityCausesOf, type Room } from "./capacity.ts";
import { COMPLETED, NO_DIFFERENCE, outcome } from "../shared/outcome.ts";
import type { BackupOutcome } from "./entry-expectation.ts";
import { BACKUP_RULES, stopOutcomes } from "../shared/job-rules.ts";
import { hits } from "../shared/communication.ts";
import { isDestinationTouched, isTouched, isTouchedDuring } from "../shared/touched.ts";
import { underWayKey } from "../shared/agent-knowledge.ts";
import type { BackupFacts } from "./backup-facts.ts";

/** A file as it was at some moment of the run, and where it belongs on the service. */
export interface FileAtMoment {
  readonly fact: DiskFact;
  /** Below the destination, names joined by `/`. */
  readonly path: string;
}

/** Whether the service's newest generation had this content when the job began. */
export function isOnService(facts: BackupFacts, { fact, path }: FileAtMoment): boolean {
  return facts.run.serviceBefore.files.get(path)?.generations[0]?.sha256 === fact.sha256;
}

/**
 * Whether the agent was told that the service has this content with this modification time, and finds the place
 * that this is true of: of a destination that another took the place of, or a service that was put back, before
 * it looked, it knows nothing (D18).
 */
export function isKnown(facts: BackupFacts, { fact, path }: FileAtMoment): boolean {
  if (mayBeTouchedBeforeLook(facts.run)) return false;
  const known = facts.known.acknowledged.get(path);
  return known?.sha256 === fact.sha256 && known.timeStamp === fact.timeStamp;
}

/**
 * Whether the agent trusts its memory of a file that is no longer on the service as it was put there:
 * somebody touched it in the explorer, and the run does not compare with the service (F16). Who has another mode to save
 * finds out that it is not there any more.
 */
export function isTrusted(facts: BackupFacts, file: FileAtMoment): boolean {
  const { run, known } = facts;
  const isSameMode = known.acknowledged.get(file.path)?.mode === file.fact.mode;
  return !run.compareUpload && isTouched(run, file.path) && isKnown(facts, file) && isSameMode;
}

/** How a file that stays as it is may end. */
export function stillFileOutcomes(
  facts: BackupFacts,
  file: FileAtMoment,
  room: Room,
): BackupOutcome[] {
  const refusals = diskRefusals(facts, file.fact);
  if (isTrusted(facts, file)) {
    return [NO_DIFFERENCE, ...refusals.outcomes, ...sendingOutcomes(facts, file, room, false)];
  }
  if (isTouchedDuring(facts.run, file.path) || isTrustedPerhaps(facts, file)) {
    const others = sendingOutcomes(facts, file, room, true);
    return [NO_DIFFERENCE, COMPLETED, ...refusals.outcomes, ...others];
  }
  if (isOnService(facts, file)) {
    // Reading it is the agent's choice: an unchanged file can be told by its times.
    const isSure = isKnown(facts, file) && !isListingFalse(facts);
    const wells = isSure ? [NO_DIFFERENCE] : [NO_DIFFERENCE, COMPLETED];
    const others = sendingOutcomes(facts, file, room, !isSure);
    return [...wells, ...refusals.outcomes, ...others];
  }
  // A job that stops before it reaches the file does not find out that it cannot be read.
  if (refusals.isCertain) return [...refusals.outcomes, ...commonOutcomes(facts, file.path)];
  return [...refusals.outcomes, ...sendingOutcomes(facts, file, room, true)];
}

/** Whether the listing that a run compared with may have told it other digests than the true ones. */
function isListingFalse({ run }: BackupFacts): boolean {
  return (
    run.compareUpload &&
    (run.faults.storage ?? []).some(
      ({ kind }, index) => kind === "wrong-digest" && hits(run, "storage", index) > 0,
    )
  );
}

/** Touched, and nobody can tell what the agent remembers of it. */
function isTrustedPerhaps({ run }: BackupFacts, { path }: FileAtMoment): boolean {
  return !run.compareUpload && isTouched(run, path);
}

/** How a file that changes during the run may end, besides what it could at each moment. */
export function changingFileOutcomes(
  facts: BackupFacts,
  changes: readonly DiskChangeFact[],
): BackupOutcome[] {
  const found: BackupOutcome[] = [];
  const lastCauses = goneCauses(changes);
  if (lastCauses.length > 0) found.push(outcome("unexpected", ...lastCauses));
  // Who looks only then sees no file that is gone, but something else in its place.
  const wasFile = changes.some(({ before }) => before?.kind === "file");
  const isOther = changes.some(({ after }) => after !== undefined && after.kind !== "file");
  if (wasFile && isOther) found.push(outcome("unexpected", "B-UX-5"));
  const contentChangeCount = changes.filter(changesBytes).length;
  if (contentChangeCount > facts.retryPolicy.unstableFileRetryCount) {
    found.push(outcome("unexpected", "B-UX-1"));
  }
  return found;
}

/** Whether a change gives a file that was there other bytes or times. */
export function changesBytes(change: DiskChangeFact): boolean {
  return (
    change.before?.kind === "file" &&
    change.after?.kind === "file" &&
    (change.action === "write" ||
      change.action === "write-keeping-time" ||
      change.action === "touch")
  );
}

/** Why a file is gone: the true causes, by what was done to it. */
export function goneCauses(changes: readonly DiskChangeFact[]): BackupCauseId[] {
  const causes = changes
    .filter(({ before, after }) => before !== undefined && after === undefined)
    .flatMap(({ action }): readonly BackupCauseId[] => GONE_CAUSES[action] ?? ["B-UX-4"]);
  return [...new Set(causes)];
}

const GONE_CAUSES: Record<string, readonly BackupCauseId[]> = {
  delete: ["B-UX-4"],
  rename: ["B-UX-3"],
  move: ["B-UX-5"],
  // It is gone, and something else took its place.
  "change-kind": ["B-UX-4", "B-UX-5"],
};

function diskRefusals(
  facts: BackupFacts,
  fact: DiskFact,
): { readonly outcomes: BackupOutcome[]; readonly isCertain: boolean } {
  const outcomes: BackupOutcome[] = [];
  if (fact.denied) outcomes.push(outcome("access-denied", "B-AD-1"));
  if (fact.locked) outcomes.push(outcome("unexpected", "B-UX-2"));
  const trouble = facts.disk.at(fact.path);
  if (trouble !== undefined) outcomes.push(...trouble.outcomes);
  return {
    outcomes,
    isCertain: fact.denied || fact.locked || (trouble?.isCertain ?? false),
  };
}

/** How the exchange with the service may end for a file that is (or need not be) sent. */
function sendingOutcomes(
  facts: BackupFacts,
  { fact, path }: FileAtMoment,
  room: Room,
  mustBeSent: boolean,
): BackupOutcome[] {
  const found = [...commonOutcomes(facts, path)];
  if (!mustBeSent) return found;
  const cannotFit = fact.sizeBytes > room.freeBytesMax;
  if (!cannotFit && !isBlocked(facts, path)) found.push(COMPLETED);
  if (facts.known.underWay.has(underWayKey(path, fact.sha256))) found.push(NO_DIFFERENCE);
  if (!room.fitsAll && fact.sizeBytes > room.freeBytesMin && fact.sizeBytes > 0) {
    found.push(outcome("insufficient-capacity", ...capacityCausesOf(room, fact.sizeBytes)));
  }
  if (facts.forgottenBytes > 0 && fact.sizeBytes > 0) {
    found.push(outcome("insufficient-capacity", "B-IC-1"));
  }
  return found;
}

/** Whether nothing about this path can get through to the service in this run. */
function isBlocked(facts: BackupFacts, path: string): boolean {
  const { run, communication } = facts;
  const isMissing = !run.serviceBefore.destinationExists && !isDestinationTouched(run);
  if (isMissing || run.signedOut) return true;
  return communication.isBlocked(path);
}

/** What can befall any target, whatever its size or content. */
export function commonOutcomes(facts: BackupFacts, path: string): readonly BackupOutcome[] {
  const { communication, run } = facts;
  const found: BackupOutcome[] = [];
  const causes = communication.causesAt(path);
  if (causes.length > 0) found.push(outcome("communication-error", ...causes));
  if (facts.strangeRefusals) found.push(outcome("unexpected", "B-UX-10"));
  const { causes: memoryCauses } = facts.memory;
  if (memoryCauses.size > 0) found.push(outcome("out-of-memory", ...memoryCauses));
  found.push(...destinationOutcomes(run));
  const stops = stopOutcomes(run.stop, BACKUP_RULES);
  found.push(...stops.map(({ status, cause }) => outcome(status, cause)));
  return found;
}

/**
 * What a destination folder that is not there, or not the same any more, makes of a target (B-IS-3/4,
 * B-UX-11): lost before the service was asked for it, or after.
 */
export function destinationOutcomes(run: BackupRun): readonly BackupOutcome[] {
  const before = outcome("invalid-settings", ...destinationCauses(run));
  const during = outcome("unexpected", "B-UX-11");
  const { destinationTouches: touches, serviceBefore } = run;
  const mayBeMissing = !serviceBefore.destinationExists || mayBeTouchedBeforeLook(run);
  return [
    ...(mayBeMissing ? [before] : []),
    ...(touches.some((touch) => touch.isAfterLook || touch.isDuringLook) ? [during] : []),
  ];
}

/** Whether somebody touched the destination as a whole before the agent was told, for sure, that it is there. */
function mayBeTouchedBeforeLook(run: BackupRun): boolean {
  const isAnswerSure = isEveryAnswerHeard(run);
  return run.destinationTouches.some(({ isAfterLook }) => !isAfterLook || !isAnswerSure);
}

/** Whether nothing kept the service's answers from the agent. */
export function isEveryAnswerHeard({ fired, sleepsMs }: BackupRun): boolean {
  return sleepsMs.length === 0 && fired.every(({ hitCount }) => hitCount === 0);
}

/** Why the destination folder is not there, as it truly came about. */
export function destinationCauses(run: BackupRun): readonly BackupCauseId[] {
  if (run.destinationLost === "deleted") return ["B-IS-3"];
  if (run.destinationLost === "renamed") return ["B-IS-4"];
  return ["B-IS-3", "B-IS-4"];
}
