import { missedSlotCauses, type MissedSlot } from "./missed-slot.ts";
import { restAt } from "./rest-at.ts";
import { countsAnew, dayBeforeFirstSlot, dueSlots, nextSlot, type Slot } from "./slots.ts";
import { dayNumber } from "../core/zone-time.ts";
import type { RunStopKind } from "../jobs/job-stop.ts";
import type { Clock } from "../ports/clock.ts";
import type { Host } from "../ports/host.ts";
import type { Log } from "../ports/log.ts";
import type { Diary } from "./diary.ts";
import type { JobHistory } from "../state/job-history.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { SourceFolder } from "../state/records.ts";
import type { SlotStore } from "./slot-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { isStateFull } from "../state/state-error.ts";
import { message } from "../../messages/message.ts";

/** The rows, logs and clocks that tell which slots are due and what came of them, and who runs their jobs. */
export interface SlotWork {
  readonly clock: Clock;
  readonly log: Log;
  readonly host: Host;
  readonly database: StateDatabase;
  readonly slots: SlotStore;
  readonly history: JobHistory;
  readonly diary: Diary;
  /** Since when the daemon holds the schedule, by the wall clock as it stands now. */
  readonly startedAtMs: number;
  /** Until when jobs were running last, by the wall clock; 0 when none ran. */
  readonly busyUntilMs: () => number;
  readonly sources: () => readonly SourceFolder[];
  readonly isLoggedIn: () => boolean;
  /** Whether nobody is logged in because the service no longer took the password. */
  readonly isLoginLost: () => boolean;
  /** Lets nobody else work on the database meanwhile. */
  readonly exclusively: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Backs sources up for a slot once nothing else runs; resolves to what stopped the run, if anything did. */
  readonly run: (sources: readonly SourceFolder[], day: number) => Promise<RunStopKind | undefined>;
  /** Puts the slot's mail into the outbox when there is one to send (D14); called in a transaction. */
  readonly report: (slot: SlotPlace) => void;
  /** Closes the jobs whose end nobody could write down; only while no run is under way. */
  readonly closeOrphans: () => void;
  /** Told of rows that no run wrote. */
  readonly onJob?: ((job: JobRecord) => void) | undefined;
}

/** A slot by its day and its instant. */
export interface SlotPlace {
  readonly day: number;
  readonly atMs: number;
}

type NotRun = Pick<JobRecord, "status" | "causes" | "detail">;

const DAY_MS = 86_400_000;

/** How far back the PC's log is read, so that what it was doing when a slot came is known. */
const EVENTS_BEFORE_MS = 14 * DAY_MS;

/** Most missed slots that are recorded one by one; a clock that is wrong by centuries has more. */
const MISSED_SLOT_COUNT_MAX = 3_660;

/** A slot that is noticed by then found everything as it is, whatever the logs say. */
const PROMPT_MS = 1_000;

/** A PC that keeps no log has slept through a slot that is noticed later than this. */
const LATE_MS_MAX = 15 * 60_000;

/**
 * Deals with every slot that is due: the newest one that came while the tool ran, logged in, on a PC
 * that was awake is run, all others become rows 未実行 (decision 0011, D4, D11). Resolves to when the
 * next slot is; null when there is none.
 */
export async function dealWithSlots(work: SlotWork): Promise<{ readonly nextAtMs: number | null }> {
  const { clock, slots } = work;
  const nowMs = clock.nowMs();
  // A look that failed may have left one, and the job it was at.
  if (slots.open().length > 0) {
    await work.exclusively(async () => {
      work.closeOrphans();
      endCutSlots(work);
    });
  }
  lookAtClock(work, nowMs);
  const next = nextOf(work);
  if (next === undefined) return { nextAtMs: null };
  if (next.atMs > nowMs) return { nextAtMs: next.atMs };
  await work.exclusively(() => dealWithDue(work, nowMs));
  return { nextAtMs: nextOf(work)?.atMs ?? null };
}

/** The first slot that was not dealt with, in the past or not. */
function nextOf({ slots, host }: SlotWork): Slot | undefined {
  const state = slots.state();
  if (state === undefined || state.schedule === null || !state.isOn) return undefined;
  return nextSlot(state.schedule, host.zone(), state.handledDay);
}

/** Lets slots count from the present where days were counted that are still to come (decision 0011). */
function lookAtClock({ slots, database, host }: SlotWork, nowMs: number): void {
  const state = slots.state();
  if (state === undefined || state.schedule === null) return;
  const { schedule, handledDay } = state;
  const zone = host.zone();
  if (!countsAnew(handledDay, zone, nowMs)) return;
  const today = dayBeforeFirstSlot(schedule, zone, nowMs);
  database.transaction("acknowledged", () => slots.setHandledDay(today));
}

function newest(slots: Iterable<Slot>): readonly Slot[] {
  const kept: Slot[] = [];
  for (const slot of slots) {
    kept.push(slot);
    if (kept.length > MISSED_SLOT_COUNT_MAX * 2) kept.splice(0, MISSED_SLOT_COUNT_MAX);
  }
  return kept.slice(-MISSED_SLOT_COUNT_MAX);
}

async function dealWithDue(work: SlotWork, nowMs: number): Promise<void> {
  const { host, slots } = work;
  // It may have taken long until nobody else worked, and a person may have changed the schedule.
  const state = slots.state();
  if (state === undefined || state.schedule === null || !state.isOn) return;
  const { schedule, handledDay } = state;
  const due = newest(dueSlots(schedule, host.zone(), handledDay, nowMs));
  const firstAtMs = due[0]?.atMs;
  if (firstAtMs === undefined) return;
  const facts: SlotFacts = {
    schedule,
    nowMs,
    hostEvents: await host.eventsBetween(firstAtMs - EVENTS_BEFORE_MS, nowMs),
    toolEvents: work.diary.entries(),
    hostKind: host.kind,
    task: await host.taskStatus(),
    wasInteractive: host.isInteractive(),
  };
  const runnable = due.filter((slot) => couldRun(work, slot, facts));
  const chosen = runnable.at(-1);
  for (const slot of due) {
    if (slot === chosen) await runSlot(work, slot, facts);
    else await recordMissed(work, slot, facts, runnable.includes(slot));
  }
}

type SlotFacts = Omit<MissedSlot, "slot" | "isNetworkDrive"> & { readonly nowMs: number };

/** Whether the tool was there to run the slot when it came. */
function couldRun(work: SlotWork, slot: Slot, facts: SlotFacts): boolean {
  if (slot.atMs < work.startedAtMs || !work.isLoggedIn()) return false;
  // It runs, so it is awake. The logs of a PC whose clock was set back tell of another time that
  // showed the same hour.
  if (isNow(slot, facts)) return true;
  const login = facts.toolEvents.findLast(
    ({ event, atMs }) => event.startsWith("logged-") && atMs <= slot.atMs,
  );
  if (login?.event === "logged-out") return false;
  const rest = restAt(facts.hostEvents, slot.atMs);
  if (rest !== "unknown") return rest === "awake";
  return facts.nowMs - slot.atMs <= LATE_MS_MAX || work.busyUntilMs() >= slot.atMs;
}

/** Whether a slot is noticed so soon that things still stand as they did when it came. */
function isNow(slot: Slot, { nowMs }: SlotFacts): boolean {
  return nowMs - slot.atMs <= PROMPT_MS;
}

async function recordMissed(
  work: SlotWork,
  slot: Slot,
  facts: SlotFacts,
  isPassedOver: boolean,
): Promise<void> {
  const place = { day: dayNumber(slot.date), atMs: slot.atMs };
  const sources = sourcesAt(work, slot);
  const isLoggedOutNow = isNow(slot, facts) && slot.atMs >= work.startedAtMs;
  const reasons = new Map<number, NotRun>();
  for (const source of sources) {
    if (isPassedOver) reasons.set(source.id, PASSED_OVER);
    else if (isLoggedOutNow) reasons.set(source.id, withLostLogin(work, LOGGED_OUT));
    else {
      const isNetworkDrive = await work.host.isNetworkPath(source.path);
      const causes = missedSlotCauses({ ...facts, slot, isNetworkDrive });
      reasons.set(source.id, withLostLogin(work, { status: "not-run", causes, detail: null }));
    }
  }
  const added = work.database.lastTransaction(() => {
    work.slots.begin({ ...place, sourceIds: sources.map(({ id }) => id) });
    const ids = sources.flatMap((source) => {
      const reason = reasons.get(source.id);
      return reason === undefined ? [] : [addRow(work, place, source, reason)];
    });
    work.report(place);
    work.slots.end(place.day);
    return ids;
  });
  work.log.write("warn", "slot-missed", { at: slot.atMs });
  tell(work, added);
}

const PASSED_OVER: NotRun = {
  status: "not-run",
  causes: ["B-NR-1"],
  detail: message("run.later-slot-due"),
};

/** A slot that did not run without a login says so when a password that was changed is why. */
function withLostLogin({ isLoginLost }: SlotWork, reason: NotRun): NotRun {
  const isIt = reason.causes.includes("B-NR-2") && isLoginLost();
  return isIt ? { ...reason, detail: message("run.login-lost") } : reason;
}

const LOGGED_OUT: NotRun = { status: "not-run", causes: ["B-NR-2"], detail: null };

async function runSlot(work: SlotWork, slot: Slot, facts: SlotFacts): Promise<void> {
  const { database, slots } = work;
  const place = { day: dayNumber(slot.date), atMs: slot.atMs };
  const sources = sourcesAt(work, slot);
  const unreachable = new Set<SourceFolder>();
  for (const source of facts.wasInteractive ? [] : sources) {
    if (await work.host.isNetworkPath(source.path)) unreachable.add(source);
  }
  const begin = (): readonly number[] => {
    slots.begin({ ...place, sourceIds: sources.map(({ id }) => id) });
    return [...unreachable].map((source) => addRow(work, place, source, NO_DRIVE));
  };
  const reachable = sources.filter((source) => !unreachable.has(source));
  try {
    tell(work, database.transaction("acknowledged", begin));
    const stop = reachable.length === 0 ? undefined : await work.run(reachable, place.day);
    endSlot(work, place, stop === undefined ? CUT : LEFT_OVER[stop]);
  } catch (error) {
    if (!isStateFull(error)) throw error;
    work.log.write("warn", "slot-met-full-disk", { at: slot.atMs });
    // Nothing new begins on a full disk; what did not is told at once, in the room that is kept.
    if (slots.open().every(({ day }) => day !== place.day)) {
      tell(work, database.lastTransaction(begin));
    }
    endSlot(work, place, FULL);
  }
}

/** Gives what has no row of a slot yet its row, and sends the slot's mail on its way. */
function endSlot(work: SlotWork, place: SlotPlace, reason: NotRun): void {
  const added = work.database.lastTransaction(() => {
    const left = work.slots.open().find(({ day }) => day === place.day)?.sourceIds ?? [];
    const ids = work
      .sources()
      .filter(({ id }) => left.includes(id))
      .map((source) => addRow(work, place, source, reason));
    work.report(place);
    work.slots.end(place.day);
    return ids;
  });
  tell(work, added);
}

function tell({ history, onJob }: SlotWork, ids: readonly number[]): void {
  for (const id of ids) {
    const job = history.find(id);
    if (job !== undefined) onJob?.(job);
  }
}

/** Ends the slots that an earlier process began and did not end. */
export function endCutSlots(work: SlotWork): void {
  for (const slot of work.slots.open()) endSlot(work, slot, CUT);
}

const NO_DRIVE: NotRun = {
  status: "not-run",
  causes: ["B-NR-7"],
  detail: message("run.no-network-drive"),
};

/** The disk of the state file was full when the turn of a source came. */
const FULL: NotRun = {
  status: "not-run",
  causes: ["B-NR-1"],
  detail: message("run.state-full"),
};

const CUT: NotRun = {
  status: "not-run",
  causes: ["B-NR-1"],
  detail: message("run.ended-before"),
};

/** What becomes of the sources whose turn had not come when a person stopped the run. */
const LEFT_OVER: Record<RunStopKind, NotRun> = {
  close: CUT,
  logout: {
    status: "not-run",
    causes: ["B-NR-2"],
    detail: message("run.logged-out-before"),
  },
  "login-lost": {
    status: "not-run",
    causes: ["B-NR-2"],
    detail: message("run.login-lost"),
  },
  interrupt: {
    status: "interrupted",
    causes: ["B-INT-1"],
    detail: message("run.interrupted-before"),
  },
};

/** Those that were there when a slot came. A time of adding that is still to come was noted before the clock was set back. */
function sourcesAt({ sources, clock }: SlotWork, slot: Slot): readonly SourceFolder[] {
  const nowMs = clock.nowMs();
  return sources().filter(({ addedAtMs }) => addedAtMs <= slot.atMs || addedAtMs > nowMs);
}

/** The new row's ID. */
function addRow(work: SlotWork, place: SlotPlace, source: SourceFolder, reason: NotRun): number {
  const isNotRun = reason.status === "not-run";
  // What was interrupted has a present; what did not run has its slot (D2, D3).
  const nowMs = work.clock.nowMs();
  return work.history.addEnded(
    {
      kind: "backup",
      trigger: "schedule",
      sourceId: source.id,
      sourcePath: source.path,
      destination: source.destination,
      startedAtMs: isNotRun ? place.atMs : nowMs,
      settings: null,
      slotDay: place.day,
    },
    { ...reason, endedAtMs: isNotRun ? null : nowMs },
  );
}
