import { twinsOf } from "./twins-of.ts";
import type { RestoreRun, StandingFact } from "../../observation/restore-run.ts";
import { lastName, type RestoredEntry } from "./restored-entries.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import { hits } from "../shared/communication.ts";
import type { Certainty, TargetExpectation } from "../shared/job-expectation.ts";
import { RESTORE_RULES, stopOutcomes } from "../shared/job-rules.ts";
import { COMPLETED, EXCLUDED, outcome } from "../shared/outcome.ts";
import { choiceAt } from "./choice-at.ts";
import { DISK_FAILS, NOT_STORED, NOT_WRITABLE, type RestoreOutcome } from "./restore-outcomes.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { foldersOnTheWay, isImpossibleName, standsAt } from "./target-names.ts";
import { rootPerhapsRefused, targetTroubleAt } from "./target-trouble.ts";

/** What the world's facts allow one row of a restore to end as. */
export interface RowExpectation extends TargetExpectation<RestoreCauseId> {
  /** Whether bytes have to be fetched and written for it to be restored. */
  readonly mustBeWritten: boolean;
  /** Whether it is fetched when it ends well: not when it stands there already. */
  readonly isFetched: Certainty;
}

/** What every row may end as. */
export function expectRows(facts: RestoreFacts): readonly RowExpectation[] {
  const twins = twinsOf(facts);
  return facts.entries.map((entry) => expectRow(facts, entry, twins.has(entry.path)));
}

function expectRow(facts: RestoreFacts, entry: RestoredEntry, hasTwin: boolean): RowExpectation {
  const { run, communication, memoryRanOut } = facts;
  const still = stillOutcomes(run, entry);
  const outcomes = [...still.outcomes];
  if (hasTwin) outcomes.push(COMPLETED, EXCLUDED, NOT_WRITABLE, ...besideTwin(run, entry));
  const causes = communication.causesAt(entry.storedPath);
  const mustBeWritten = still.mustBeWritten === "yes" && !hasTwin;
  const isBlocked = communication.isBlocked(entry.storedPath) && mustBeWritten;
  // What cannot be fetched is not restored, whatever the disk would have said.
  const possible = isBlocked ? outcomes.filter(({ status }) => status !== "completed") : outcomes;
  if (causes.length > 0 && (still.mustBeWritten !== "no" || hasTwin)) {
    possible.push(outcome("communication-error", ...causes));
  }
  if (memoryRanOut) possible.push(outcome("out-of-memory", "R-OM-1"));
  if (!entry.isSteady) possible.push(COMPLETED, EXCLUDED, NOT_STORED, NOT_WRITABLE);
  if (facts.placeTouched) possible.push(NOT_STORED);
  const touched = touchedOutcomes(facts, entry);
  const stops = stopOutcomes(run.stop, RESTORE_RULES);
  possible.push(...touched, ...stops.map(({ status, cause }) => outcome(status, cause)));
  const isUndisturbed = entry.isSteady && !hasTwin && touched.length === 0;
  return {
    path: entry.path,
    pathBase64: null,
    entryKind: entry.entryKind,
    outcomes: possible,
    rowRequired: entry.isSteady,
    mustBeWritten,
    isFetched: isUndisturbed ? still.mustBeWritten : "perhaps",
  };
}

interface Still {
  readonly outcomes: readonly RestoreOutcome[];
  readonly mustBeWritten: Certainty;
}

/** How a row ends when nobody interferes: by its name, what stands there, and what the disk refuses. */
function stillOutcomes(run: RestoreRun, entry: RestoredEntry): Still {
  const settled = (...outcomes: RestoreOutcome[]): Still => ({ outcomes, mustBeWritten: "no" });
  const names = entry.path.split("/");
  if (names.some((name) => isImpossibleName(run, name))) return settled(DISK_FAILS);
  if (Buffer.byteLength(`${run.to}/${entry.path}`) > LONG_PATH_BYTES) {
    return settled(COMPLETED, DISK_FAILS, EXCLUDED, NOT_WRITABLE);
  }
  const way = wayThere(run, entry.path);
  if (way === "blocked") return settled(NOT_WRITABLE);
  const there = standsAt(run, run.targetBefore, entry.path);
  const choice = choiceAt(run, entry.path);
  if (entry.entryKind === "folder") return folderStill(run, entry, there, way);
  if (there !== undefined && isSameFile(there, entry)) {
    if (there.access !== "none" && !there.isLocked) {
      const trouble = targetTroubleAt(run, entry.path).outcomes;
      const found = [COMPLETED, ...trouble];
      if (!isDigestFalse(run) && trouble.length === 0) return settled(...found);
      // What the service says of it, it is not, or the disk did not let it be read: it may be left alone, or be fetched.
      if (choice === "skip") return settled(...found, EXCLUDED);
      const { outcomes } = writing(run, entry, way, [NOT_WRITABLE]);
      return { outcomes: [...found, ...outcomes], mustBeWritten: "perhaps" };
    }
    if (choice === "skip") return settled(COMPLETED, NOT_WRITABLE, EXCLUDED);
    if (choice === "overwrite") {
      return { outcomes: [COMPLETED, NOT_WRITABLE, EXCLUDED], mustBeWritten: "perhaps" };
    }
    // That it is the same file shows to nobody who may not read it: it may be fetched and stand beside it.
    const { outcomes } = besideIt(run, entry, way);
    return { outcomes: [COMPLETED, NOT_WRITABLE, EXCLUDED, ...outcomes], mustBeWritten: "perhaps" };
  }
  if (there !== undefined && choice === "skip") return settled(EXCLUDED);
  if (there !== undefined && choice === "overwrite") {
    if (there.kind !== "file") return settled(NOT_WRITABLE);
    if (there.isLocked) return settled(NOT_WRITABLE);
    // Whether a file that may only be read is replaced is the host's to say.
    if (there.access !== "read-write") return writing(run, entry, way, [NOT_WRITABLE]);
  }
  const isBeside = there !== undefined && choice === "keep-both";
  return isBeside ? besideIt(run, entry, way) : writing(run, entry, way, []);
}

/** Whether the service gave another SHA-256 than a file has, so that no file of the PC looks like it. */
function isDigestFalse(run: RestoreRun): boolean {
  const faults = run.faults.storage ?? [];
  return faults.some(({ kind }, at) => kind === "wrong-digest" && hits(run, "storage", at) > 0);
}

/** What may come of an entry that is written beside its twin, below a name with a number (F42, keep both). */
function besideTwin(run: RestoreRun, entry: RestoredEntry): readonly RestoreOutcome[] {
  return choiceAt(run, entry.path) === "keep-both" ? besideIt(run, entry, "free").outcomes : [];
}

/** A file that gets a number behind its name. */
function besideIt(run: RestoreRun, entry: RestoredEntry, way: "free" | "read-only"): Still {
  // A name of the greatest length has no room for a number.
  const isTooLong = Buffer.byteLength(lastName(entry.path)) > NUMBERED_NAME_BYTES;
  return writing(run, entry, way, isTooLong ? [DISK_FAILS] : []);
}

/** Longer than this, a name and a number may be too long for a disk. */
const NUMBERED_NAME_BYTES = 248;

/** Longer than this, a path and the names beside it may be too long for a disk. */
const LONG_PATH_BYTES = 3800;

function folderStill(
  run: RestoreRun,
  entry: RestoredEntry,
  there: StandingFact | undefined,
  way: "free" | "read-only",
): Still {
  const { outcomes } = targetTroubleAt(run, entry.path);
  if (there?.kind === "folder") return { outcomes: [COMPLETED, ...outcomes], mustBeWritten: "no" };
  if (there !== undefined) {
    // F42 speaks of files; a folder's place that is taken may be left or reported.
    const isSure = run.asked === undefined && run.onConflict === "overwrite";
    const found = isSure ? [NOT_WRITABLE] : [NOT_WRITABLE, EXCLUDED];
    return { outcomes: found, mustBeWritten: "no" };
  }
  if (way === "read-only") return { outcomes: [NOT_WRITABLE], mustBeWritten: "no" };
  return { outcomes: [COMPLETED, ...outcomes], mustBeWritten: "no" };
}

/** A file that has to come into being. */
function writing(
  run: RestoreRun,
  entry: RestoredEntry,
  way: "free" | "read-only",
  more: readonly RestoreOutcome[],
): Still {
  if (way === "read-only") return { outcomes: [NOT_WRITABLE], mustBeWritten: "yes" };
  const trouble = targetTroubleAt(run, entry.path);
  const sizeBytes = Math.max(0, ...entry.generations.map((each) => each.sizeBytes));
  const room = roomFor(run, sizeBytes);
  const isCertain = (trouble.isCertain && sizeBytes > 0) || room === "none";
  const outcomes = [
    ...(isCertain ? [] : [COMPLETED]),
    ...more,
    ...trouble.outcomes,
    ...(room === "enough" ? [] : [DISK_FAILS]),
  ];
  return { outcomes, mustBeWritten: "yes" };
}

/** Whether the disk has room for so many bytes, whatever else is written. */
function roomFor(run: RestoreRun, sizeBytes: number): "enough" | "perhaps" | "none" {
  if (run.freeBytes === undefined || sizeBytes === 0) return "enough";
  if (sizeBytes > run.freeBytes) return "none";
  const files = [...run.serviceBefore.files.values(), ...run.serviceAfter.files.values()];
  const allBytes = files.reduce((sum, file) => sum + (file.generations[0]?.sizeBytes ?? 0), 0);
  return allBytes <= run.freeBytes ? "enough" : "perhaps";
}

/** Whether the folders on the way let a file through, and let something new come into being. */
function wayThere(run: RestoreRun, path: string): "free" | "read-only" | "blocked" {
  let last: StandingFact | undefined = run.targetBefore.get("");
  for (const folder of foldersOnTheWay(path)) {
    const there = standsAt(run, run.targetBefore, folder);
    if (there === undefined) break;
    if (there.kind !== "folder") return "blocked";
    if (there.access === "none") return "blocked";
    last = there;
  }
  return last?.access === "read-write" ? "free" : "read-only";
}

function isSameFile(there: StandingFact, { generations }: RestoredEntry): boolean {
  const [one] = generations;
  return (
    there.kind === "file" &&
    generations.length === 1 &&
    one?.sha256 === there.sha256 &&
    isSameTime(there.modifiedAtNs, BigInt(one.modifiedAtNs))
  );
}

/** Whether two times are one, as far as a host can set it: a double of seconds goes to the disk. */
export function isSameTime(one: bigint, other: bigint): boolean {
  const distanceNs = one > other ? one - other : other - one;
  return distanceNs <= BigInt(Math.ceil(Math.max(1000, doubleStepNs(other))));
}

/** How far apart the doubles of seconds are at a time. */
function doubleStepNs(timeNs: bigint): number {
  const seconds = Math.max(1, Math.abs(Number(timeNs) / 1e9));
  return 2 ** (Math.floor(Math.log2(seconds)) - 52) * 1e9;
}

/** What may come of a row when somebody changes what stands at, above or below its place meanwhile. */
function touchedOutcomes(facts: RestoreFacts, entry: RestoredEntry): readonly RestoreOutcome[] {
  const { run } = facts;
  const gone = outcome("invalid-settings", "R-IS-1", "R-IS-2");
  const denied = outcome("access-denied", "R-AD-1");
  if (facts.targetTouched) {
    return [COMPLETED, EXCLUDED, NOT_WRITABLE, DISK_FAILS, gone, denied];
  }
  const own = asOnDisk(run, entry.path);
  const isTouched = run.targetChanges.some(({ path }) => {
    const other = asOnDisk(run, path);
    return own === other || own.startsWith(`${other}/`) || other.startsWith(`${own}/`);
  });
  const perhaps = rootPerhapsRefused(run) ? [gone, denied, NOT_WRITABLE] : [];
  return isTouched ? [...perhaps, COMPLETED, EXCLUDED, NOT_WRITABLE, DISK_FAILS] : perhaps;
}
