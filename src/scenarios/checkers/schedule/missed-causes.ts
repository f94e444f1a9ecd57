import type { BackupCauseId, CauseId } from "../../../protocol/causes/causes.ts";
import type { Pc } from "../../scenario/pc.ts";
import type { PcSchedule, PcTaskFact } from "../../observation/pc-record.ts";
import { EITHER_ORDER_WITHIN_MS, type ClockReading, type PcState } from "./pc-timeline.ts";
import { weekdayOfDay } from "./slot-times.ts";

type NotRun = Extract<BackupCauseId, `B-NR-${string}`>;

/** Why a slot did not run: one of `truth` has to be named, and nothing that is not in `may`. */
export interface MissedCauses {
  readonly truth: ReadonlySet<BackupCauseId>;
  readonly may: ReadonlySet<BackupCauseId>;
  /**
   * Where no log tells what the PC was doing, all of these have to be named, unless the cause is what the tool did itself,
   * and one of `awake`, for what it is if the PC was awake.
   */
  readonly untold?: { readonly rests: readonly NotRun[]; readonly awake: readonly NotRun[] };
}

/** What a missed slot is checked by. */
export interface MissedFacts {
  readonly pc: Pc;
  readonly day: number;
  /** By the wall clock. */
  readonly slotMs: number;
  /** How things stood at the slot. */
  readonly atSlot: PcState;
  /** How they stood when it was noticed. */
  readonly now: PcState;
  readonly isNetworkDrive: boolean;
  /** Whether the power failed between the slot and its being noticed, without a shutdown before. */
  readonly wasLostSince: boolean;
}

const LEAD_MS = 5 * 60_000;

const RESTS: readonly NotRun[] = ["B-NR-3", "B-NR-4", "B-NR-5"];

/** The causes by the order of decision 0011, from how things truly stood. */
export function missedCauses(facts: MissedFacts): MissedCauses {
  const found = causesOfRow(facts);
  if (facts.pc.keepsLog ?? true) return found;
  const awake = awakeCauses(facts, [true, false]).filter((cause) => !isOwnDoing(cause));
  return { ...found, untold: { rests: RESTS, awake } };
}

/** Whether causes leave out one that nobody can rule out, for want of a log. */
export function isOneLeftOut({ untold }: MissedCauses, named: readonly CauseId[]): boolean {
  if (untold === undefined || named.some(isOwnDoing)) return false;
  const { rests, awake } = untold;
  return !rests.every((rest) => named.includes(rest)) || !awake.some((one) => named.includes(one));
}

function causesOfRow(facts: MissedFacts): MissedCauses {
  const { pc, atSlot, wasLostSince } = facts;
  const hasLog = pc.keepsLog ?? true;
  const unsure = hasLog ? [] : RESTS;
  if (atSlot.power === "on") {
    const awake = awakeCauses(facts, hasLog ? [atSlot.isSignedIn] : [atSlot.isSignedIn, true]);
    return causes(awake, [...unsure, ...(wasLostSince ? (["B-NR-5"] as const) : [])]);
  }
  const rest = REST_OF[atSlot.power];
  if (atSlot.power === "off" && atSlot.isLost) {
    // The moment stands in no log, so that what held before it is as good an answer.
    const awake = awakeCauses(facts, [true, false]);
    const asleep: readonly NotRun[] = atSlot.wasAsleep ? ["B-NR-3"] : [];
    return causes([rest, ...asleep, ...awake.filter(isOwnDoing)], [...awake, ...unsure]);
  }
  if (hasLog) return causes([rest], []);
  const awake = awakeCauses(facts, [true, atSlot.isSignedIn]);
  return causes([rest, ...awake.filter(isOwnDoing)], [...unsure, ...awake]);
}

const REST_OF = {
  asleep: "B-NR-3",
  hibernating: "B-NR-4",
  off: "B-NR-5",
} as const satisfies Record<string, NotRun>;

function causes(truth: readonly NotRun[], besides: readonly NotRun[]): MissedCauses {
  return { truth: new Set(truth), may: new Set([...truth, ...besides]) };
}

/** Known to the tool from what it did itself. */
function isOwnDoing(cause: CauseId): boolean {
  return cause === "B-NR-2" || cause === "B-NR-9";
}

/** What it is with the power on, for each of the ways in which somebody may have been signed in. */
function awakeCauses(facts: MissedFacts, signedIn: readonly boolean[]): readonly NotRun[] {
  return [...new Set(signedIn.flatMap((isSignedIn) => awakeCausesWith(facts, isSignedIn)))];
}

function awakeCausesWith(facts: MissedFacts, isSignedIn: boolean): readonly NotRun[] {
  const { atSlot } = facts;
  const isRunning = atSlot.tool === "person" || atSlot.tool === "task";
  if (isRunning && !atSlot.isLoggedIn) return ["B-NR-2"];
  const rest = restOfOrder(facts, isSignedIn, isRunning);
  if (isRunning) return rest;
  const closed = atSlot.tool === "closed" ? inLead(facts, atSlot.toolAt) : "no";
  const left = isSignedIn ? "no" : inLead(facts, atSlot.signedOutAt);
  if (closed === "yes" || left === "yes") return ["B-NR-9"];
  // When a process was killed stands nowhere.
  const killed = atSlot.tool === "killed" ? inLead(facts, atSlot.toolAt) : "no";
  const isOpen = closed === "border" || left === "border" || killed !== "no";
  return isOpen ? ["B-NR-9", ...rest] : rest;
}

function inLead({ slotMs }: MissedFacts, at: ClockReading | undefined): "yes" | "no" | "border" {
  if (at === undefined) return "no";
  const beforeMs = slotMs - at.wallMs;
  if (
    Math.abs(beforeMs - LEAD_MS) <= EITHER_ORDER_WITHIN_MS ||
    Math.abs(beforeMs) <= EITHER_ORDER_WITHIN_MS
  )
    return "border";
  return beforeMs > 0 && beforeMs < LEAD_MS ? "yes" : "no";
}

/** What is left of the order: B-NR-8, -7, -6, -1. */
function restOfOrder(
  { pc, day, isNetworkDrive, atSlot, now }: MissedFacts,
  isSignedIn: boolean,
  isRunning: boolean,
): readonly NotRun[] {
  if (pc.kind === "windows-server-2012" && !isSignedIn) return ["B-NR-8"];
  if (isNetworkDrive && !(isRunning && isInteractive(pc, now))) return ["B-NR-7"];
  if (isSignedIn) return ["B-NR-1"];
  const { schedule } = now;
  // It is asked when the slot is noticed, and another task may be registered by atSlot.
  const covers = [atSlot.task, now.task].map((task) => starts(task, schedule, day));
  return [...new Set(covers.map((does): NotRun => (does ? "B-NR-1" : "B-NR-6")))];
}

/** Whether the tool as it runs sees what a person sees. */
export function isInteractive(pc: Pc, { tool, isSignedIn }: PcState): boolean {
  return isSignedIn && (tool === "person" || pc.kind === "linux");
}

/** Whether a task starts the tool five minutes before the slot of a day, signed in or not. */
function starts(task: PcTaskFact | null, schedule: PcSchedule | null, day: number): boolean {
  if (task === null || schedule === null || !task.worksSignedOut) return false;
  const minute = schedule.minuteOfDay - LEAD_MS / 60_000;
  const isDayBefore = minute < 0;
  return (
    task.minuteOfDay === (isDayBefore ? minute + 1440 : minute) &&
    task.weekdays.includes(weekdayOfDay(isDayBefore ? day - 1 : day))
  );
}
