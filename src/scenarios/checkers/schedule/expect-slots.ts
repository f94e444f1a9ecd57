import { CAUSES, causesOf } from "../../../protocol/causes/causes.ts";
import type { Pc } from "../../scenario/pc.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import { isInteractive, missedCauses, type MissedCauses } from "./missed-causes.ts";
import {
  EITHER_ORDER_WITHIN_MS,
  isActive,
  stretchesAtWall,
  stretchesOf,
  type PcState,
  type Stretch,
} from "./pc-timeline.ts";
import { sourcesAtSlot } from "./sources-at-slot.ts";
import { dayAt, slotInstant, weekdayOfDay } from "./slot-times.ts";

/** What the one row of a source for a slot has to be. */
export type SlotOutcome =
  | { readonly kind: "run" }
  | ({ readonly kind: "not-run" } & MissedCauses)
  /** The world itself cannot tell; `mayLack`: not even whether there is one. */
  | { readonly kind: "any"; readonly mayLack: boolean };

/** A slot that was noticed, and the rows it has to have. */
export interface ExpectedSlot {
  /** Since 1970-01-01. */
  readonly day: number;
  /** By the wall clock. */
  readonly slotMs: number;
  /** When the wall clock showed its time last before it was noticed, by elapsed time. */
  readonly cameMs: number;
  /** When it is noticed at the earliest and at the latest, by elapsed time. */
  readonly noticedFromMs: number;
  readonly noticedMs: number;
  /** By the source's path. */
  readonly sources: ReadonlyMap<string, SlotOutcome>;
  /** Whether the tool was killed before the slot and did not run since. */
  readonly isAfterCrash: boolean;
}

/** Every slot of a scenario, in the order in which they are dealt with. */
export interface ExpectedSlots {
  readonly slots: readonly ExpectedSlot[];
  /** A clock was set back so that nobody can say whether days began anew. */
  readonly isConfused: boolean;
}

/** The tool looks at the clocks at least so often. */
const LOOK_EVERY_MS = 10 * 60_000;
/** A tool that wakes up so soon behind a slot may still take it for one that comes now. */
const SLOT_NOTICED_WITHIN_MS = 1100;
/** Where no log tells what the PC did, a slot that is noticed by then counts as noticed in time. */
const LATE_MS = 16 * 60_000;

/**
 * The slots that the timeline of a PC has, and the row that each source must have for each (decision
 * 0011). Written from the decision alone: the agent's own reckoning is not looked at.
 */
export function expectSlots(pc: Pc, record: PcRecord): ExpectedSlots {
  return new SlotReckoning(pc, record).reckon();
}

interface Slot {
  readonly day: number;
  readonly atMs: number;
}

class SlotReckoning {
  readonly #pc: Pc;
  readonly #record: PcRecord;
  readonly #stretches: readonly Stretch[];
  readonly #found: ExpectedSlot[] = [];
  /** The day up to which every slot was dealt with. */
  #handledDay: number | undefined;
  #isConfused = false;
  /** By when a clock that was set, or another zone, is noticed. */
  #seenByMs = -Infinity;
  /** When days began anew. */
  #anewMs = -Infinity;

  constructor(pc: Pc, record: PcRecord) {
    this.#pc = pc;
    this.#record = record;
    this.#stretches = stretchesOf(record);
  }

  reckon(): ExpectedSlots {
    for (const [index, stretch] of this.#stretches.entries()) this.#live(stretch, index);
    return { slots: this.#found, isConfused: this.#isConfused };
  }

  #live(stretch: Stretch, index: number): void {
    const { state, fact, fromMs, toMs, offsetMs } = stretch;
    const { schedule, isOn } = state;
    if (schedule === null) return;
    const nowMs = fromMs + offsetMs;
    if (fact.change.what === "schedule") this.#count(state, nowMs);
    if (!isActive(state)) return;
    this.#lookAtClock(state, nowMs, fromMs);
    if (isUnnoticed(fact)) this.#seenByMs = fromMs + LOOK_EVERY_MS;
    if (!isOn) return;
    const due: Slot[] = [];
    const endMs = toMs + offsetMs;
    for (;;) {
      const slot = this.#next(state);
      if (slot === undefined || slot.atMs > endMs) break;
      this.#handledDay = slot.day;
      if (slot.atMs <= nowMs) {
        due.push(slot);
        continue;
      }
      // What was due when the stretch began was dealt with then, or is by now.
      this.#settle(due.splice(0), stretch, slot);
      this.#inTime(slot, stretch, index);
    }
    this.#settle(due, stretch, undefined);
  }

  /**
   * A schedule begins to hold: slots up to now are none of it. Whoever changes it looks at the clock too, with no tool
   * running as well.
   */
  #count(state: PcState, nowMs: number): void {
    const before = this.#dayBefore(state, nowMs);
    const handledDay = this.#isAnew(state, nowMs) ? before : (this.#handledDay ?? before);
    this.#handledDay = Math.max(before, handledDay);
  }

  /**
   * Whether the clock was set back to a date earlier than the day before the newest that was dealt with, so that days
   * begin anew from its present.
   */
  #isAnew({ zone }: PcState, nowMs: number): boolean {
    const handledDay = this.#handledDay ?? -Infinity;
    const [first, last] = [nowMs, nowMs + LOOK_EVERY_MS].map(
      (atMs) => dayAt(zone, atMs) < handledDay - 1,
    );
    if (first !== last) this.#isConfused = true;
    return first === true;
  }

  /** The tool looks at the clock. */
  #lookAtClock(state: PcState, nowMs: number, elapsedMs: number): void {
    if (!this.#isAnew(state, nowMs)) return;
    if (this.#isSetAgainBy(elapsedMs + LOOK_EVERY_MS)) this.#isConfused = true;
    this.#handledDay = this.#dayBefore(state, nowMs);
    this.#anewMs = elapsedMs;
  }

  /** Whether a clock that was set just now is set once more before the tool has to look. */
  #isSetAgainBy(untilMs: number): boolean {
    const fromMs = untilMs - LOOK_EVERY_MS;
    return this.#record.facts.some(
      ({ change, elapsedMs }) =>
        change.what === "clock" &&
        elapsedMs > fromMs &&
        elapsedMs <= untilMs + EITHER_ORDER_WITHIN_MS,
    );
  }

  #dayBefore({ schedule, zone }: PcState, nowMs: number): number {
    const today = dayAt(zone, nowMs);
    return slotInstant(zone, today, schedule?.minuteOfDay ?? 0) <= nowMs ? today : today - 1;
  }

  #next({ schedule, zone }: PcState): Slot | undefined {
    if (schedule === null || this.#handledDay === undefined) return undefined;
    let day = this.#handledDay + 1;
    while (!schedule.weekdays.includes(weekdayOfDay(day))) day += 1;
    return { day, atMs: slotInstant(zone, day, schedule.minuteOfDay) };
  }

  /** A slot that comes while the tool holds the schedule. */
  #inTime(slot: Slot, stretch: Stretch, index: number): void {
    const atMs = slot.atMs - stretch.offsetMs;
    const isBorder = this.#isBorder(atMs, index);
    const noticedMs = Math.max(atMs, this.#seenByMs);
    const isUnseen = atMs < this.#anewMs + LOOK_EVERY_MS + EITHER_ORDER_WITHIN_MS;
    const outcome = (path: string): SlotOutcome => {
      // Days begin anew from the present in which the tool notices it, and that may be behind the slot.
      if (isUnseen) return ANY_OR_NONE;
      if (isBorder || stretch.toMs < noticedMs + EITHER_ORDER_WITHIN_MS) return ANY;
      const { state } = stretch;
      return state.isLoggedIn
        ? this.#runOutcome(path, state)
        : this.#missedOutcome(slot, path, { atSlot: stretch, now: state, noticedMs });
    };
    this.#add(slot, [atMs, noticedMs], [stretch, stretch], outcome);
  }

  /** Slots that were due already when the stretch began. */
  #settle(due: readonly Slot[], stretch: Stretch, following: Slot | undefined): void {
    if (due.length === 0) return;
    const { state, fact, fromMs, toMs, offsetMs } = stretch;
    const isLate = isUnnoticed(fact);
    const noticedMs = fromMs + (isLate ? LOOK_EVERY_MS : 0);
    // Before the tool looks, something else may have happened, or the next slot come.
    const isUnsure =
      isLate &&
      (toMs < noticedMs + EITHER_ORDER_WITHIN_MS ||
        (following !== undefined &&
          following.atMs - offsetMs < noticedMs + EITHER_ORDER_WITHIN_MS));
    const next = this.#stretches[this.#stretches.indexOf(stretch) + 1];
    // A clock that is set once more, or a new schedule, counts from then on.
    const isTakenBack = ["clock", "schedule"].includes(next?.fact.change.what ?? "");
    const runnable = due.filter((slot) => this.#couldRun(slot, stretch) === "yes");
    const perhaps = due.some((slot) => this.#couldRun(slot, stretch) === "perhaps");
    for (const slot of due) {
      const then = stretchesAtWall(this.#stretches, slot.atMs, fromMs);
      const outcome = (path: string): SlotOutcome => {
        const only = then[0];
        // A clock that was set forward looks like a sleep where no log tells the two apart.
        const isDark = !(this.#pc.keepsLog ?? true) && runnable.includes(slot);
        if (isUnsure && isTakenBack) return ANY_OR_NONE;
        if (isUnsure) return this.#isLoggedOut(then, fromMs) ? MISSED_SOMEHOW : ANY;
        if (perhaps || isDark || then.length !== 1 || only === undefined) return ANY;
        if (this.#isLogMixed(only)) return ANY;
        if (this.#isBorder(slot.atMs - only.offsetMs, this.#stretches.indexOf(only))) return ANY;
        if (this.#isLogDisordered(slot, only, fromMs)) {
          return only.state.toolAt === state.toolAt ? ANY : MISSED_SOMEHOW;
        }
        if (slot === runnable.at(-1)) return this.#runOutcome(path, state);
        if (runnable.includes(slot)) return PASSED_OVER;
        return this.#missedOutcome(slot, path, { atSlot: only, now: state, noticedMs });
      };
      this.#add(slot, [fromMs, noticedMs], [then.at(-1) ?? stretch, stretch], outcome);
    }
  }

  /**
   * Whether the PC's log has, with times at or after the begin of a stretch, what it wrote before a clock was set
   * back. Systems give their logs by time, out of several files, so that nobody who reads them can tell it from
   * what came later.
   */
  #isLogMixed({ fromMs, offsetMs }: Stretch): boolean {
    if (this.#pc.keepsLog === false) return false;
    const { facts } = this.#record;
    const setBack = facts.findLast(
      ({ change, elapsedMs, wallMs }) =>
        change.what === "clock" && change.beforeMs > wallMs && elapsedMs <= fromMs,
    );
    if (setBack === undefined) return false;
    return facts.some(
      ({ change, elapsedMs, wallMs }) =>
        ["power", "session"].includes(change.what) &&
        elapsedMs <= setBack.elapsedMs &&
        wallMs >= fromMs + offsetMs,
    );
  }

  /**
   * Whether a clock that was set back lets the PC's log, read by time, put other entries right before or right behind
   * a slot than there were: what was written later stands earlier there as well.
   */
  #isLogDisordered({ atMs }: Slot, { fromMs, offsetMs }: Stretch, noticedMs: number): boolean {
    if (this.#pc.keepsLog === false) return false;
    const trueMs = Math.max(fromMs, atMs - offsetMs);
    return (["power", "session"] as const).some((what) => {
      const written = this.#record.facts.filter(
        ({ change, elapsedMs }) => change.what === what && elapsedMs <= noticedMs,
      );
      const byTime = written.toSorted((one, other) => one.wallMs - other.wallMs);
      return (
        written.findLast(({ elapsedMs }) => elapsedMs <= trueMs) !==
          byTime.findLast(({ wallMs }) => wallMs <= atMs) ||
        written.find(({ elapsedMs }) => elapsedMs > trueMs) !==
          byTime.find(({ wallMs }) => wallMs > atMs)
      );
    });
  }

  /** Whether nobody was logged in at a slot, as the tool knows whose clock was never set back: it may not run it. */
  #isLoggedOut(then: readonly Stretch[], untilMs: number): boolean {
    const [only] = then;
    if (then.length !== 1 || only === undefined || only.state.isLoggedIn) return false;
    return !this.#record.facts.some(
      ({ change, elapsedMs, wallMs }) =>
        change.what === "clock" && change.beforeMs > wallMs && elapsedMs <= untilMs,
    );
  }

  /** Whether the tool that notices a slot late was there for it. */
  #couldRun(slot: Slot, { state, fromMs, offsetMs }: Stretch): "yes" | "no" | "perhaps" {
    const then = stretchesAtWall(this.#stretches, slot.atMs, fromMs).at(-1);
    if (then === undefined || !state.isLoggedIn || !then.state.isLoggedIn) return "no";
    // The same process: it has not ended since.
    if (then.state.toolAt !== state.toolAt || state.toolAt === undefined) return "no";
    if (isActive(then.state)) return "yes";
    if (fromMs + offsetMs - slot.atMs <= SLOT_NOTICED_WITHIN_MS) return "perhaps";
    const isLate = fromMs + offsetMs - slot.atMs > LATE_MS;
    return (this.#pc.keepsLog ?? true) || isLate ? "no" : "perhaps";
  }

  #runOutcome(path: string, state: PcState): SlotOutcome {
    const isReached = !this.#record.networkSources.has(path) || isInteractive(this.#pc, state);
    return isReached ? RUN : NO_DRIVE;
  }

  #missedOutcome(
    slot: Slot,
    path: string,
    { atSlot, now, noticedMs }: { atSlot: Stretch; now: PcState; noticedMs: number },
  ): SlotOutcome {
    const wasLostSince = this.#record.facts.some(
      ({ change, elapsedMs }) =>
        change.what === "power" &&
        change.isLoss &&
        elapsedMs > slot.atMs - atSlot.offsetMs &&
        elapsedMs <= noticedMs,
    );
    return {
      kind: "not-run",
      ...missedCauses({
        pc: this.#pc,
        day: slot.day,
        slotMs: slot.atMs,
        atSlot: atSlot.state,
        now,
        isNetworkDrive: this.#record.networkSources.has(path),
        wasLostSince,
      }),
    };
  }

  /** Whether something else happened at that very moment. */
  #isBorder(atMs: number, index: number): boolean {
    return this.#stretches
      .slice(Math.max(0, index - 3), index + 4)
      .some(
        ({ fact }) =>
          !fact.isDuringRun &&
          !["source", "source-removed", "mail", "network"].includes(fact.change.what) &&
          Math.abs(fact.elapsedMs - atMs) <= EITHER_ORDER_WITHIN_MS,
      );
  }

  /** `cameIn`: the stretch in which it came, last; `seenIn`: the one in which it is noticed. */
  #add(
    slot: Slot,
    [noticedFromMs, noticedMs]: readonly [number, number],
    [cameIn, seenIn]: readonly [Stretch, Stretch],
    outcome: (path: string) => SlotOutcome,
  ): void {
    const cameMs = Math.max(cameIn.fromMs, slot.atMs - cameIn.offsetMs);
    const sources = sourcesAtSlot(this.#record.facts, {
      slotMs: slot.atMs,
      cameMs,
      noticedFromMs,
      noticedMs,
      noticedWallMs: noticedMs + seenIn.offsetMs,
    });
    this.#found.push({
      day: slot.day,
      slotMs: slot.atMs,
      cameMs,
      noticedFromMs,
      noticedMs,
      sources: new Map(
        [...sources].map(([path, is]) => [path, is === "surely" ? outcome(path) : ANY_OR_NONE]),
      ),
      isAfterCrash: cameIn.state.tool === "killed",
    });
  }
}

/** Whether nothing tells the tool at once of what happened. */
function isUnnoticed({ change }: Stretch["fact"]): boolean {
  return change.what === "clock" || change.what === "zone";
}

const RUN: SlotOutcome = { kind: "run" };
const ANY: SlotOutcome = { kind: "any", mayLack: false };
const ANY_OR_NONE: SlotOutcome = { kind: "any", mayLack: true };
const PASSED_OVER: SlotOutcome = {
  kind: "not-run",
  truth: new Set(["B-NR-1"]),
  may: new Set(["B-NR-1"]),
};
const NOT_RUN_CAUSES = causesOf("backup").filter((cause) => CAUSES[cause].status === "not-run");
/** It did not run, and what the log says of it is of another time. */
const MISSED_SOMEHOW: SlotOutcome = {
  kind: "not-run",
  truth: new Set(NOT_RUN_CAUSES),
  may: new Set(NOT_RUN_CAUSES),
};
const NO_DRIVE: SlotOutcome = {
  kind: "not-run",
  truth: new Set(["B-NR-7"]),
  may: new Set(["B-NR-7"]),
};
