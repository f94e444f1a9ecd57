import { parseMode } from "../../../protocol/posix-mode.ts";
import { isModeRefused } from "./is-mode-refused.ts";
import { isSameTime } from "./expect-rows.ts";
import { restoredEntries, type RestoredEntry } from "./restored-entries.ts";
import { Places } from "./places.ts";
import { isPlaceOf } from "./target-names.ts";
import type { RestoreRun, StandingFact } from "../../observation/restore-run.ts";
import type { Violation } from "../shared/violation.ts";
import { namesMayRevert } from "./names-may-revert.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * The invariant `restored`, and I6 for old generations: what a restore reports completed stands at its place,
 * or beside it under a number, byte for byte as one generation was stored, with its time; with its mode, and
 * with holes where it has zeros, when nothing stood there before: the mode not where the disk refused to set it and
 * the row says so. Does not verify
 * places that somebody touched meanwhile, nor names that a lost power may take back.
 */
export function restoredIsThere(run: RestoreRun): Violation[] {
  const entries = new Map(restoredEntries(run).map((entry) => [keyOf(entry), entry]));
  const after = new Places(run, run.targetAfter);
  return run.rows.flatMap((row) => {
    if (row.status !== "completed" || isTouched(run, row.path) || namesMayRevert(run)) return [];
    const entry = entries.get(keyOf(row));
    if (entry === undefined) return [];
    const standing = after.standingFor(row.path);
    const isThere = standing.some(
      ([path, fact]) =>
        isRestored(fact, entry) &&
        (run.targetBefore.has(path) || isNewAsStored(fact, entry, isModeRefused(run, row))),
    );
    if (isThere) return [];
    const found = standing.length === 0 ? "nothing-there" : "other-there";
    const said = message("checked-job.at", {
      job: namedJob(run.job),
      path: JSON.stringify(row.path),
      what: message(`checked-restore.${found}`),
    });
    return [{ invariant: "restored" as const, message: said }];
  });
}

/** Whether this is what was stored, with its time. */
function isRestored(fact: StandingFact, entry: RestoredEntry): boolean {
  if (entry.entryKind === "folder") return fact.kind === "folder";
  return (
    fact.kind === "file" &&
    entry.generations.some(
      ({ sha256, modifiedAtNs }) =>
        sha256 === fact.sha256 && isSameTime(fact.modifiedAtNs, BigInt(modifiedAtNs)),
    )
  );
}

/** What a file has of which no mode is stored, as any program makes it on the simulated disk. */
const USUAL_MODE = 0o644;

/** One that lost its mode, since others replaced it, may be listed with the one and fetched without. */
function isDueMode(
  mode: string | null,
  found: number,
  generations: RestoredEntry["generations"],
): boolean {
  if (mode !== null) return parseMode(mode) === found;
  return found === USUAL_MODE || generations.some((other) => other.mode !== null);
}

/** Whether a file that was made has the mode that was stored, unless no disk had it, and no zeros that take space. */
function isNewAsStored(
  fact: StandingFact,
  { entryKind, generations }: RestoredEntry,
  isModeExcused: boolean,
): boolean {
  if (entryKind === "folder") return true;
  const isMode = generations.some(
    ({ sha256, mode }) =>
      sha256 === fact.sha256 &&
      (isModeExcused || fact.mode === undefined || isDueMode(mode, fact.mode, generations)),
  );
  return isMode && fact.zeroBlockCount === 0;
}

/** Whether somebody else changed what stands at, above or beside a path while the restore ran. */
function isTouched(run: RestoreRun, path: string): boolean {
  return run.targetChanges.some(
    (change) =>
      change.path === "" || path.startsWith(`${change.path}/`) || isPlaceOf(run, change.path, path),
  );
}

function keyOf({ path, entryKind }: { readonly path: string; readonly entryKind: string }): string {
  return `${entryKind} ${path}`;
}
