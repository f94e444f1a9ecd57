import type { DiskChangeFact, DiskFact } from "../../observation/disk-fact.ts";
import { COMPLETED, outcome } from "../shared/outcome.ts";
import type { BackupOutcome } from "./entry-expectation.ts";
import { changesBytes, goneCauses, isOnService } from "./file-outcomes.ts";
import type { BackupFacts } from "./backup-facts.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { isDestinationTouched, isTouched } from "../shared/touched.ts";

/** A path with what stood there during the run. */
interface MovingPlace {
  readonly diskPath: string;
  readonly versions: readonly (DiskFact | undefined)[];
  readonly changes: readonly DiskChangeFact[];
}

/**
 * The outcomes of a file that moved during the run, where the order of the moves and the agent's own
 * calls leaves only one: gone between the listing and the first opening; changed during each
 * reading; changed less often than it is tried again. Undefined where more is possible, or where
 * something else went wrong as well.
 */
export function certainMovingOutcomes(
  facts: BackupFacts,
  place: MovingPlace,
  path: string,
): BackupOutcome[] | undefined {
  const { run, communication } = facts;
  const first = place.versions[0];
  if (first?.kind !== "file" || place.changes.length === 0) return undefined;
  if (first.denied || first.locked || facts.disk.at(place.diskPath) !== undefined) return undefined;
  if (place.versions.some((fact) => fact !== undefined && isOnService(facts, { fact, path }))) {
    return undefined;
  }
  // What somebody took away there the agent may still believe to be there.
  if (isTouched(run, path)) return undefined;
  if (!communication.heals || !run.serviceBefore.destinationExists) return undefined;
  const isDisturbed =
    run.stop !== undefined || facts.memory.causes.size > 0 || facts.strangeRefusals;
  if (isDisturbed || isDestinationTouched(run)) return undefined;
  const opens = run.diskCalls.filter(
    ({ call, path: at }) => call === "open" && at === place.diskPath,
  );
  const gone = goneCauses(place.changes);
  // Under another spelling of its name it is found all the same.
  if (gone.length > 0 && isRespelled(run, place)) return undefined;
  if (gone.length > 0) {
    const isOut = wasListedFirst(facts, place) && opens.every(({ seq }) => seq > goneSeq(place));
    return isOut && place.versions.at(-1) === undefined
      ? [outcome("unexpected", ...gone)]
      : undefined;
  }
  if (!place.changes.every(changesBytes)) return undefined;
  const contentRoom = run.serviceBefore.quotaBytes - run.serviceBefore.usedBytes;
  const needBytes = [...run.diskBefore.values(), ...run.diskChanges.map(({ after }) => after)];
  const allBytes = needBytes.reduce((sum, fact) => sum + (fact?.sizeBytes ?? 0), 0);
  if (run.crowded || allBytes > contentRoom) return undefined;
  if (place.changes.length <= facts.retryPolicy.unstableFileRetryCount) return [COMPLETED];
  const isSpoilt = opens.every(({ seq }, index) => {
    const until = opens[index + 1]?.seq ?? Infinity;
    const closed = run.diskCalls.find(
      (call) => call.call === "close" && call.path === place.diskPath && call.seq > seq,
    );
    const end = Math.min(until, closed?.seq ?? Infinity);
    return place.changes.some((change) => change.seq > seq && change.seq < end);
  });
  return isSpoilt && opens.length > 0 ? [outcome("unexpected", "B-UX-1")] : undefined;
}

function isRespelled(run: BackupFacts["run"], place: MovingPlace): boolean {
  const name = asOnDisk(run, place.diskPath);
  return run.diskChanges.some(
    ({ path, after }) =>
      after !== undefined && path !== place.diskPath && asOnDisk(run, path) === name,
  );
}

function goneSeq(place: MovingPlace): number {
  return place.changes.findLast(({ after }) => after === undefined)?.seq ?? Infinity;
}

function wasListedFirst(facts: BackupFacts, place: MovingPlace): boolean {
  const folder = place.diskPath.slice(0, place.diskPath.lastIndexOf("/"));
  return facts.run.diskCalls.some(
    ({ call, path, seq }) => call === "listed" && path === folder && seq < goneSeq(place),
  );
}
