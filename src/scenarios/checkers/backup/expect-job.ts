import {
  INCOMPLETE_STATUSES,
  type IncompleteStatus,
  type Status,
} from "../../../protocol/status.ts";
import type { EntryExpectation } from "../shared/expectation.ts";
import { expectEntries } from "./expect-entries.ts";
import { addTrouble, jobEventsOf, type JobEvents, type Troubles } from "./job-events.ts";
import type { JobFacts } from "./job-facts.ts";
import { allowedJobStatuses } from "../shared/mixed.ts";

/** What the world's facts allow a job and its targets to end as. */
export interface JobExpectation {
  readonly entries: readonly EntryExpectation[];
  readonly events: JobEvents;
  /** Kinds of trouble the job saw for sure, from targets and events together. */
  readonly must: Troubles;
  readonly allowed: ReadonlySet<Status>;
  /** The process ended under the job: its end stays blank (rule 4). */
  readonly isCut: boolean;
}

/** Works out what a job and its targets may end as. */
export function expectJob(facts: JobFacts): JobExpectation {
  const { entries, room } = expectEntries(facts);
  const events = jobEventsOf(facts, entries);
  const isCut = facts.run.stop?.kind === "kill" || facts.run.stop?.kind === "power-loss";
  const must = copy(events.must);
  const may = copy(events.may);
  if (!events.neverBegan) {
    for (const entry of entries) {
      const statuses = new Set(entry.outcomes.map(({ status }) => status));
      const isSure =
        entry.rowRequired &&
        statuses.size === 1 &&
        facts.memoryCause === undefined &&
        !events.rowsMayLack;
      for (const { status, causes } of entry.outcomes) {
        if (isIncomplete(status)) addTrouble(isSure ? must : may, status, causes);
      }
    }
    const others = [...may.keys()].filter((kind) => kind !== "insufficient-capacity");
    if (room.mustRunOut && others.length === 0) {
      addTrouble(must, "insufficient-capacity", [...(may.get("insufficient-capacity") ?? [])]);
    }
  }
  const allowed: ReadonlySet<Status> = isCut
    ? new Set<Status>(["unexpected"])
    : allowedJobStatuses(new Set(must.keys()), new Set(may.keys()));
  return { entries, events, must, allowed, isCut };
}

/** Whether a status is one of those that leave something undone. */
export function isIncomplete(status: string): status is IncompleteStatus {
  return (INCOMPLETE_STATUSES as readonly string[]).includes(status);
}

function copy(troubles: Troubles): Troubles {
  return new Map([...troubles].map(([status, causes]) => [status, new Set(causes)]));
}
