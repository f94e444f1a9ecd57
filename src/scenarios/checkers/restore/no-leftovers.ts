import { restoredEntries } from "./restored-entries.ts";
import { diskStruck } from "./target-trouble.ts";
import { Places } from "./places.ts";
import type { RestoreRun, Standing } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { namesMayRevert } from "./names-may-revert.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * The invariant `leftovers`: a restore that comes to its own end leaves no file but what it restored, and
 * what a process left that ended under one, or what the disk let nobody remove, is gone after the next, or after the first for which it is there again. Does not verify folders, nor restores that
 * were stopped, that the disk refused something, or in whose folder somebody worked.
 */
export function noLeftovers({ restores }: RunRecord): Violation[] {
  const left = new Set<string>();
  return restores.flatMap((run) => {
    const own = strangeFiles(run, run.targetAfter).map((path) => `${run.to}/${path}`);
    if (run.targetAtCrash !== undefined) {
      for (const path of own) if (!namesMayRevert(run)) left.add(path);
      return [];
    }
    // What was moved away is found by nobody.
    if (run.targetChanges.length > 0 || isRefused(run)) return [];
    // Nothing can be removed where the disk refuses: it is for the next restore.
    if (diskStruck(run)) {
      for (const path of own) left.add(path);
      return [];
    }
    const earlier = [...left].filter((path) => run.filesAtEnd.has(path));
    // What was out of reach all the time, its folder moved away or on a disk that is not there, is for a later one.
    if (run.job.status !== "running") {
      for (const path of left) if (run.filesAtEnd.has(path)) left.delete(path);
    }
    return [...new Set([...own, ...earlier])].map((path): Violation => ({
      invariant: "leftovers",
      message: message("checked-restore.left-over", {
        job: namedJob(run.job),
        path: JSON.stringify(path),
      }),
    }));
  });
}

/** Files that were not there before, that nobody else made, and that nothing restored is called. */
function strangeFiles(run: RestoreRun, standing: Standing): string[] {
  const entries = new Places(
    run,
    restoredEntries(run).map((entry) => [entry.path, entry]),
  );
  const theirs = new Set(run.targetChanges.map(({ path }) => path));
  return [...standing].flatMap(([path, { kind }]) => {
    if (kind !== "file" || run.targetBefore.has(path) || theirs.has(path)) return [];
    return entries.wantedAt(path).length > 0 ? [] : [path];
  });
}

function isRefused({ targetBefore, stop }: RestoreRun): boolean {
  // A restore that is stopped at once need not have looked for what others left.
  if (stop !== undefined) return true;
  return [...targetBefore.values()].some(
    ({ access, isLocked }) => access !== "read-write" || isLocked,
  );
}
