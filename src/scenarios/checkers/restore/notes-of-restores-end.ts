import type { RestoreRun } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { diskStruck } from "./target-trouble.ts";
import { message } from "../../../messages/message.ts";

/**
 * The invariant `leftovers`, as far as the tool itself goes: once a restore has come to its own end, the tool notes
 * no folder any more in which a restore may have left files. Whoever keeps such a note looks there again at every
 * restore, and removes what is called like its own files. Does not verify PCs on which the disk refused something,
 * or somebody worked in the folder of a restore: what cannot be removed has to stay noted.
 */
export function notesOfRestoresEnd(record: RunRecord): Violation[] {
  const { restores, crashes, unfinished, driver } = record;
  const last = restores.at(-1);
  if (driver.kind !== "done" || unfinished.leftovers === 0 || last === undefined) return [];
  const isOver = last.job.status !== "running" && last.stop === undefined;
  const isCut = crashes.some(
    ({ device, elapsedMs }) => device === "pc" && elapsedMs >= last.startedMs,
  );
  if (!isOver || isCut || restores.some(mayNeedItsNote)) return [];
  return [
    {
      invariant: "leftovers",
      message: message("checked-crash.notes-left", { count: unfinished.leftovers }),
    },
  ];
}

function mayNeedItsNote(run: RestoreRun): boolean {
  const isRefused = [...run.targetBefore.values()].some(
    ({ access, isLocked }) => access !== "read-write" || isLocked,
  );
  return (
    isRefused || diskStruck(run) || run.targetChanges.length > 0 || run.targetLost !== undefined
  );
}
