import type { PcRecord } from "../../pc-record.ts";
import type { ExpectedSlot, SlotOutcome } from "./expect-slots.ts";

type JobRecord = PcRecord["backups"][number];

/** One source at one slot, and the row it got. */
export interface SlotRow {
  readonly slot: ExpectedSlot;
  readonly path: string;
  readonly outcome: SlotOutcome;
  /** Undefined when it has none. */
  readonly row: JobRecord | undefined;
}

/** Slots and rows side by side. */
export interface SlotRows {
  readonly rows: readonly SlotRow[];
  /** Rows that no slot asks for. */
  readonly extra: readonly JobRecord[];
}

/** Gives each source of each slot its row: by its day, and in order where a day came twice. */
export function slotRows(slots: readonly ExpectedSlot[], record: PcRecord): SlotRows {
  const waiting = new Map<string, JobRecord[]>();
  const oldestFirst = record.backups.toSorted((one, other) => one.id - other.id);
  for (const job of oldestFirst) {
    if (job.trigger !== "schedule" && job.slotDay === null) continue;
    const key = `${job.slotDay} ${record.sourceOf(job)}`;
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, [job]);
    else known.push(job);
  }
  const rows = slots.flatMap((slot) =>
    [...slot.sources].map(([path, outcome]): SlotRow => {
      const row = waiting.get(`${slot.day} ${path}`)?.shift();
      return { slot, path, outcome, row };
    }),
  );
  return { rows, extra: [...waiting.values()].flat() };
}
