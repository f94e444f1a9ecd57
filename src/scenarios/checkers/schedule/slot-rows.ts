import type { PcRecord } from "../../observation/pc-record.ts";
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
  const wanted = new Map<string, number>();
  for (const { day, sources } of slots) {
    for (const path of sources.keys()) {
      wanted.set(`${day} ${path}`, (wanted.get(`${day} ${path}`) ?? 0) + 1);
    }
  }
  const rows = slots.flatMap((slot) =>
    [...slot.sources].map(([path, outcome]): SlotRow => {
      const key = `${slot.day} ${path}`;
      const left = waiting.get(key) ?? [];
      const lackCount = (wanted.get(key) ?? 0) - left.length;
      wanted.set(key, (wanted.get(key) ?? 0) - 1);
      // Where there are too few, it is those that lack which may.
      const isLacking = lackCount > 0 && outcome.kind === "any" && outcome.mayLack;
      return { slot, path, outcome, row: isLacking ? undefined : left.shift() };
    }),
  );
  return { rows, extra: [...waiting.values()].flat() };
}
