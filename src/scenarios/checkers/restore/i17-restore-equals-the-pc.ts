import type { RestoreRun, Standing, StandingFact } from "../../observation/restore-run.ts";
import type { Violation } from "../shared/violation.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { foldersOnTheWay, isImpossibleName, standsAt } from "./target-names.ts";
import { isSameTime } from "./expect-rows.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/** Longer than this, a path in the other folder may be too long for a disk that held it in the source. */
const LONG_PATH_BYTES = 3800;

/**
 * I17: a restore of everything into an empty folder, after a complete backup of what the PC still has and
 * with nothing in its way, ends complete with the kinds, names, bytes, modes and times of the PC, those of
 * folders too, each at its own place; and where 差分比較削除 took from the service what was gone, with
 * nothing else than what the deletion said to have kept. Does not verify what else comes back when the service
 * may still have more than the PC, nor a restore in which something kept wants the place of what the PC has.
 */
export function restoreEqualsThePc(run: RestoreRun): Violation[] {
  const { source, isMirrored } = run;
  if (source === undefined || !isPlain(run) || isAnyPlaceShared(run, source)) return [];
  // A program can make names on Windows that no other can use there.
  const names = [...source.keys()].flatMap((path) => path.split("/"));
  if (names.some((name) => isImpossibleName(run, name))) return [];
  const violations: Violation[] = [];
  const say = (path: string, what: Message): void => {
    const about = { job: namedJob(run.job), path: JSON.stringify(path) };
    violations.push({ invariant: "I17", message: message("checked-job.at", { ...about, what }) });
  };
  const { status: found } = run.job;
  if (found !== "completed") say("", message("checked-job.ended", { found }));
  for (const [path, fact] of source) {
    if (path === "" || !isTarget(fact)) continue;
    if (Buffer.byteLength(`${run.to}/${path}`) > LONG_PATH_BYTES) return [];
    // Both spellings of a name that was respelled may be on the service while nothing is deleted there.
    const standing = isMirrored ? run.targetAfter.get(path) : standsAt(run, run.targetAfter, path);
    if (standing === undefined) say(path, message("checked-restore.not-back"));
    else if (!isSame(fact, standing)) say(path, message("checked-restore.other-back"));
  }
  if (!isMirrored) return violations;
  const kept = new Set(run.keptPaths.flatMap((path) => [...foldersOnTheWay(path), path]));
  for (const [path, fact] of run.targetAfter) {
    if (!source.has(path) && kept.has(path)) continue;
    const had = source.get(path);
    if (had === undefined || had.kind !== fact.kind) {
      say(path, message("checked-restore.not-of-pc"));
    }
  }
  return violations;
}

/** Whether all of a backup goes into an empty folder, and nothing befalls the job. */
function isPlain(run: RestoreRun): boolean {
  return (
    run.path === "" &&
    run.entryKind === "folder" &&
    run.generation === undefined &&
    run.targetBefore.size === 1 &&
    run.targetBefore.get("")?.kind === "folder" &&
    run.targetBefore.get("")?.access === "read-write" &&
    run.targetChanges.length === 0 &&
    run.storedChanges.length === 0 &&
    run.fired.every(({ hitCount }) => hitCount === 0) &&
    run.freeBytes === undefined &&
    run.stop === undefined &&
    !run.signedOut &&
    run.placeLost === undefined
  );
}

/** Whether something that the deletion kept is to stand where the PC has another file, folder or spelling. */
function isAnyPlaceShared(run: RestoreRun, source: Standing): boolean {
  if (run.keptPaths.length === 0) return false;
  const ofPc = Map.groupBy(source.keys(), (path) => asOnDisk(run, path));
  const isTaken = (path: string): boolean => ofPc.has(asOnDisk(run, path));
  // One folder may hold what is kept and what the PC has, under one spelling.
  const isOneFolder = (path: string): boolean =>
    source.get(path)?.kind === "folder" && ofPc.get(asOnDisk(run, path))?.length === 1;
  return run.keptPaths.some(
    (path) =>
      isTaken(path) ||
      foldersOnTheWay(path).some((folder) => isTaken(folder) && !isOneFolder(folder)),
  );
}

function isTarget({ kind }: StandingFact): boolean {
  return kind === "file" || kind === "folder";
}

function isSame(wanted: StandingFact, found: StandingFact): boolean {
  return (
    wanted.kind === found.kind &&
    wanted.sha256 === found.sha256 &&
    wanted.mode === found.mode &&
    isSameTime(found.modifiedAtNs, wanted.modifiedAtNs)
  );
}
