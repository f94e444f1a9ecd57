import type { PcRecord } from "../../observation/pc-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { SlotRow } from "../schedule/slot-rows.ts";

type JobRecord = PcRecord["backups"][number];

/** One slot with all its rows, as a mail would tell of it. */
export interface SlotReport {
  readonly day: number;
  /** Backups and deletions, in the order in which they were written. */
  readonly rows: readonly JobRecord[];
  /** Between these two, by elapsed time, the slot was over, and a mail was made if one was due. */
  readonly madeFromMs: number;
  readonly madeToMs: number;
  /** Whether some row is not 完了 (D14). */
  readonly isWorthMail: boolean;
}

/** Rows are written within so long of each other once their time has come. */
const MOMENT_MS = 50;

/**
 * The slots with their rows. Of a day that came twice a deletion belongs to the slot whose backups were written last
 * before it; where rows of the two are not written one behind the other, nobody can tell, and both are left out.
 */
export function slotReports(
  slotRows: readonly SlotRow[],
  record: Pick<RunRecord, "backups" | "deletions">,
  pc: PcRecord,
): readonly SlotReport[] {
  const bySlot = Map.groupBy(slotRows, ({ slot }) => slot);
  return [...bySlot].flatMap(([slot, found]) => {
    const { day } = slot;
    const backups = found.flatMap(({ row }) => (row === undefined ? [] : [row]));
    const others = slotRows.filter((other) => other.slot !== slot && other.slot.day === day);
    const otherIds = others.map(({ row }) => row?.id);
    const place = placeAmong(
      backups.map(({ id }) => id),
      otherIds,
    );
    if (backups.length < found.length || place === undefined) return [];
    const deletions = pc.deletions.filter(
      (job) => job.slotDay === day && job.id > place.afterId && job.id < place.beforeId,
    );
    const rows = [...backups, ...deletions].toSorted((one, other) => one.id - other.id);
    const ids = new Set(rows.map(({ id }) => id));
    const runs = [...record.backups, ...record.deletions].filter(
      ({ device, job }) => device === "pc" && ids.has(job.id),
    );
    const ends = runs.map((run) => ("endedMs" in run ? run.endedMs : (run.work?.endedMs ?? 0)));
    const isLateKnown = runs.length === 0;
    const endMs = Math.max(slot.noticedFromMs, ...ends);
    const cut = runs.find(({ stop }) => stop?.kind === "kill" || stop?.kind === "power-loss");
    // What a process that was cut off left open its successor ends.
    const nextStart = pc.facts.find(
      ({ change, elapsedMs }) =>
        change.what === "tool" &&
        (change.state === "person" || change.state === "task") &&
        elapsedMs >= (cut?.stop?.atMs ?? Infinity),
    );
    const madeFromMs = cut === undefined ? endMs : (nextStart?.elapsedMs ?? pc.endElapsedMs);
    const madeToMs = isLateKnown ? Math.max(madeFromMs, slot.noticedMs) : madeFromMs;
    return [
      {
        day,
        rows,
        madeFromMs,
        madeToMs: madeToMs + MOMENT_MS,
        isWorthMail: rows.some(({ status }) => status !== "completed"),
      },
    ];
  });
}

/** Between which ids the rows of a slot stand, beside those of another slot of its day; undefined where they mix. */
function placeAmong(
  ids: readonly number[],
  otherIds: readonly (number | undefined)[],
): { readonly afterId: number; readonly beforeId: number } | undefined {
  const first = Math.min(...ids);
  const last = Math.max(...ids);
  if (otherIds.some((id) => id === undefined || (id > first && id < last))) return undefined;
  const known = otherIds.filter((id) => id !== undefined);
  return {
    // Its own deletions come behind its first backup.
    afterId: known.length === 0 ? -Infinity : first,
    beforeId: Math.min(Infinity, ...known.filter((id) => id > last)),
  };
}
