import { formatMode } from "../../../protocol/posix-mode.ts";
import { message, type Message } from "../../../messages/message.ts";
import type { ConflictChoice } from "../../../protocol/job-record.ts";
import type { ConflictQuestion, RestoreRun, StandingFact } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { StoredFolderFact } from "../../observation/service-facts.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { namedJob } from "../shared/named-job.ts";
import type { Violation } from "../shared/violation.ts";
import { choiceAt } from "./choice-at.ts";
import { isSameTime } from "./expect-rows.ts";
import { restoredEntries } from "./restored-entries.ts";

/**
 * The invariant `standing`: what stood in the chosen folder before a restore is there afterwards as it was, unless the
 * choice is to overwrite it: files with bytes, time and mode, folders with their mode and with no time of the
 * service's. With that choice a folder that the service knows has its time and mode once the restore is
 * completed, and what is not restored stays as it was. Does not verify places that somebody touched meanwhile, what
 * may be left of an earlier restore that was cut off, nor what a lost power takes back.
 */
export function standingStays({ restores }: RunRecord): Violation[] {
  /** What may stand in a folder since a restore into it was cut off. */
  const cutIn = new Map<string, Set<string>>();
  return restores.flatMap((run) => {
    const ofCut = cutIn.get(run.to) ?? new Set();
    const found = losesPower(run) ? [] : differences(run, ofCut);
    if (run.targetAtCrash !== undefined || losesPower(run)) {
      const now = [...(run.targetAtCrash ?? []), ...run.targetAfter];
      for (const [path] of now) if (!run.targetBefore.has(path)) ofCut.add(path);
      cutIn.set(run.to, ofCut);
    }
    return found.map(([path, what]): Violation => {
      const said = { job: namedJob(run.job), path: JSON.stringify(path), what };
      return { invariant: "standing", message: message("checked-job.at", said) };
    });
  });
}

function losesPower({ stop, stopBehind }: RestoreRun): boolean {
  return [stop, stopBehind].some((end) => end?.kind === "power-loss");
}

type Difference = readonly [path: string, what: Message];

function differences(run: RestoreRun, ofCut: ReadonlySet<string>): readonly Difference[] {
  const restored = new Set(restoredEntries(run).map(({ path }) => asOnDisk(run, path)));
  return [...run.targetBefore].flatMap(([path, before]): Difference[] => {
    if (ofCut.has(path) || isTouched(run, path)) return [];
    const after = run.targetAfter.get(path);
    if (before.kind === "folder") return folderDifferences(run, path, before);
    if (choiceAt(run, path) === "overwrite" && restored.has(asOnDisk(run, path))) return [];
    if (after !== undefined && isAsItWas(before, after)) return [];
    return [[path, message("checked-restore.not-as-it-stood")]];
  });
}

function isAsItWas(before: StandingFact, after: StandingFact): boolean {
  return (
    before.kind === after.kind &&
    before.sha256 === after.sha256 &&
    before.modifiedAtNs === after.modifiedAtNs &&
    before.mode === after.mode
  );
}

/** Within one, the order of two changes of the disk does not show in their times. */
const MILLISECOND_NS = 1_000_000n;

function folderDifferences(run: RestoreRun, path: string, before: StandingFact): Difference[] {
  const { asked, onConflict } = run;
  if (asked === undefined) return folderDifferencesBy(run, path, before, onConflict);
  // Nobody asks about folders. Before the answer that is for all they stay, behind it they are overwritten with the rest.
  const choices = [
    "skip",
    ...(asked.some(isForAllToOverwrite) ? ["overwrite" as const] : []),
  ] as const;
  const found = choices.map((choice) => folderDifferencesBy(run, path, before, choice));
  return found.some(({ length }) => length === 0) ? [] : (found[0] ?? []);
}

function isForAllToOverwrite({ choice, forAll }: ConflictQuestion): boolean {
  return forAll && choice === "overwrite";
}

function folderDifferencesBy(
  run: RestoreRun,
  path: string,
  before: StandingFact,
  choice: ConflictChoice,
): Difference[] {
  const after = run.targetAfter.get(path);
  const changed: Difference = [path, message("checked-restore.not-as-it-stood")];
  if (after?.kind !== "folder") return [changed];
  const spelled = path === "" ? [] : storedFolders(run, path);
  // Of several that are one there, a restore that is cut off may have given it what any of them has.
  if (choice === "overwrite" && spelled.length > 1) {
    const isModeGiven = [before, ...spelled].some(({ mode }) => isMode(after, mode));
    const isTimeGiven =
      before.modifiedAtNs - after.modifiedAtNs <= MILLISECOND_NS ||
      spelled.some((each) => isTimeStored(after, each));
    return isModeGiven && isTimeGiven ? [] : [changed];
  }
  const [stored] = spelled.length === 1 ? spelled : [];
  if (choice !== "overwrite" || stored === undefined) {
    // Whatever is made in a folder gives it a time, but a new one.
    const isTimeOfService =
      after.modifiedAtNs !== before.modifiedAtNs &&
      (before.modifiedAtNs - after.modifiedAtNs > MILLISECOND_NS || isTimeStored(after, stored));
    return after.mode !== before.mode || isTimeOfService ? [changed] : [];
  }
  if (run.job.status !== "completed" || run.storedChanges.length > 0) return [];
  const isModeGiven = isMode(after, stored.mode);
  const isTimeGiven = stored.modifiedAtNs === null || isTimeStored(after, stored);
  return isModeGiven && isTimeGiven ? [] : [[path, message("checked-restore.not-overwritten")]];
}

/** Whether a folder has a mode, as the disk or the service gives it; of a disk without modes, or where none is known, it has. */
function isMode({ mode }: StandingFact, wanted: number | string | null | undefined): boolean {
  if (mode === undefined || wanted === null || wanted === undefined) return true;
  return formatMode(mode) === (typeof wanted === "number" ? formatMode(wanted) : wanted);
}

/** What the service knows of the folders that go there: several, where the disk takes their spellings for one. */
function storedFolders(run: RestoreRun, path: string): readonly StoredFolderFact[] {
  const { folderFacts } = run.serviceBefore;
  const prefix = run.path === "" ? "" : `${run.path}/`;
  const folded = asOnDisk(run, prefix + path);
  return [...folderFacts].flatMap(([stored, fact]) =>
    asOnDisk(run, stored) === folded ? [fact] : [],
  );
}

function isTimeStored(fact: StandingFact, stored: StoredFolderFact | undefined): boolean {
  const time = stored?.modifiedAtNs ?? null;
  return time !== null && isSameTime(fact.modifiedAtNs, BigInt(time));
}

/** Whether somebody else changed something at, above or below a path while the restore ran. */
function isTouched(run: RestoreRun, path: string): boolean {
  const own = asOnDisk(run, path);
  return run.targetChanges.some((change) => {
    const other = asOnDisk(run, change.path);
    const isBelow = own === "" || other === own || other.startsWith(`${own}/`);
    return isBelow || other === "" || own.startsWith(`${other}/`);
  });
}
