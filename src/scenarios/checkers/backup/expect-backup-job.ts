import type { BackupCauseId } from "../../../protocol/causes/causes.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import {
  countsByStatus,
  endsAtOnce,
  isCutBy,
  statusesAfter,
  withTargets,
  type JobExpectation,
} from "../shared/job-expectation.ts";
import { addTrouble } from "../shared/troubles.ts";
import { backupEventsOf, type BackupEvents } from "./backup-events.ts";
import type { BackupFacts } from "./backup-facts.ts";
import type { EntryExpectation } from "./entry-expectation.ts";
import { expectEntries } from "./expect-entries.ts";

/** What the world's facts allow a backup and its targets to end as. */
export interface BackupExpectation extends JobExpectation<BackupCauseId, EntryExpectation> {
  readonly events: BackupEvents;
}

/** Works out what a backup and its targets may end as. */
export function expectBackupJob(facts: BackupFacts): BackupExpectation {
  const { run, communication } = facts;
  const { entries, room } = expectEntries(facts);
  const events = backupEventsOf(facts, entries);
  const { rowsMayLack, neverBegan } = events;
  const areRowsSure = facts.memory.causes.size === 0 && !rowsMayLack;
  const troubles = withTargets(events, neverBegan ? [] : entries, areRowsSure);
  const others = [...troubles.may.keys(), ...troubles.must.keys()].filter(
    (kind) => kind !== "insufficient-capacity",
  );
  if (!neverBegan && room.mustRunOut && others.length === 0) {
    const causes = troubles.may.get("insufficient-capacity") ?? [];
    addTrouble(troubles.must, "insufficient-capacity", causes);
  }
  const isCut = isCutBy(run.stop);
  const allowed = statusesAfter(troubles, isCut);
  const endedAtOnce = endsAtOnce(run.stop) || facts.memory.causes.size > 0;
  return {
    targets: entries,
    events,
    allowed,
    isCut,
    areRowsDue: !endedAtOnce && !rowsMayLack,
    isSharp: allowed.size === 1,
    isRetried: communication.isRetried || hasUnstableFiles(run),
    outcomesAnywhere: [],
    strangeRow: ({ path }) => (path === "" && rowsMayLack ? undefined : "status"),
    mayRepeat: () => false,
    counts: countsByStatus,
  };
}

function hasUnstableFiles(run: BackupRun): boolean {
  return run.diskChanges.some(({ before, after }) => before !== undefined && after !== undefined);
}
