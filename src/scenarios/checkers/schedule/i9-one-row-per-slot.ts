import type { JobRecord } from "../../../protocol/job-record.ts";
import type { SlotRows } from "./slot-rows.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * I9: every slot of the schedule has exactly one row per source, and none is ever lost. Does not verify what
 * the row says, nor slots of which the world cannot tell whether they came.
 */
export function oneRowPerSlot({ rows, extra }: SlotRows, record: PcRecord): Violation[] {
  const missing = rows.filter(
    ({ row, outcome, slot }) =>
      row === undefined &&
      !(outcome.kind === "any" && (outcome.mayLack || slot.slotMs > record.endWallMs)),
  );
  return [
    ...missing.map(({ slot, path }) => violation(`${path} has no row for the slot ${about(slot)}`)),
    ...extra.map((job) =>
      violation(
        `job ${job.id} of ${job.sourcePath} is for day ${job.slotDay}, on which no slot asks for it`,
      ),
    ),
  ];
}

/** I9: the lists are in order, newest first, and nothing ends before it starts. */
export function historyInOrder({ backups, deletions }: PcRecord): Violation[] {
  return [backups, deletions].flatMap((jobs) =>
    jobs.flatMap((job, index) => {
      const next = jobs[index + 1];
      const found: Violation[] = [];
      if (next !== undefined && !isNewer(job, next)) {
        found.push(violation(`job ${next.id} stands below job ${job.id} and is newer`));
      }
      if (job.endedAtMs !== null && job.endedAtMs < job.startedAtMs) {
        found.push(violation(`job ${job.id} ended before it started`));
      }
      return found;
    }),
  );
}

function isNewer(job: JobRecord, other: JobRecord): boolean {
  return job.startedAtMs === other.startedAtMs
    ? job.id > other.id
    : job.startedAtMs > other.startedAtMs;
}

function violation(message: string): Violation {
  return { invariant: "I9", message };
}

function about({ day, slotMs }: { readonly day: number; readonly slotMs: number }): string {
  return `of day ${day} at ${slotMs}`;
}
