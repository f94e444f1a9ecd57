import type { JobRecord } from "../../../protocol/job-record.ts";
import type { SlotRows } from "./slot-rows.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

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
    ...missing.map(({ slot: { day, slotMs }, path }) => {
      const about = { source: path, day, slotMs };
      const what = message("checked-slot.no-row");
      return violation(message("checked-slot.at", { ...about, what }));
    }),
    ...extra.map((job) =>
      violation(
        message("checked-job.of", {
          job: namedJob(job),
          source: job.sourcePath,
          what: message("checked-slot.not-asked", { day: job.slotDay ?? "" }),
        }),
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
        const both = { job: namedJob(next), other: namedJob(job) };
        found.push(violation(message("checked-slot.disordered", both)));
      }
      if (job.endedAtMs !== null && job.endedAtMs < job.startedAtMs) {
        const what = message("checked-job.ended-early");
        found.push(violation(message("checked-job.says", { job: namedJob(job), what })));
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

function violation(said: Message): Violation {
  return { invariant: "I9", message: said };
}
