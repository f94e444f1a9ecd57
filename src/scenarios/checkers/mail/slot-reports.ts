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

/** The slots with their rows. A day that came twice is left out: nobody can tell whose deletion is whose. */
export function slotReports(
  slotRows: readonly SlotRow[],
  record: Pick<RunRecord, "backups" | "deletions">,
  pc: PcRecord,
): readonly SlotReport[] {
  const byDay = Map.groupBy(slotRows, ({ slot }) => slot.day);
  return [...byDay].flatMap(([day, found]) => {
    const slots = new Set(found.map(({ slot }) => slot));
    const [slot] = slots;
    const backups = found.flatMap(({ row }) => (row === undefined ? [] : [row]));
    if (slot === undefined || slots.size > 1 || backups.length < found.length) return [];
    const deletions = pc.deletions.filter((job) => job.slotDay === day);
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
