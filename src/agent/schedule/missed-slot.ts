import type { CauseId } from "../../protocol/causes/causes.ts";
import { LIMITS } from "../../protocol/limits.ts";
import type { HostEvent, HostKind, TaskStatus } from "../ports/host.ts";
import { startsSignedOut } from "./os-task.ts";
import type { Schedule, Slot } from "./slots.ts";

/** Something the tool did itself, by its diary. */
export interface ToolEvent {
  readonly atMs: number;
  readonly event: "tool-started" | "tool-closed" | "logged-in" | "logged-out";
}

/** What is known about a slot that did not run, for one source. */
export interface MissedSlot {
  readonly slot: Slot;
  readonly schedule: Schedule;
  /** As `Host.eventsBetween` gives them, up to now. Empty: the PC keeps no log. */
  readonly hostEvents: readonly HostEvent[];
  /** The tool's diary, in order. A start after a start: the one before was cut off. */
  readonly toolEvents: readonly ToolEvent[];
  readonly hostKind: HostKind;
  readonly task: TaskStatus;
  /** Whether the source is on a network drive. */
  readonly isNetworkDrive: boolean;
  /** Whether the tool, if it ran at the slot, ran in the session of a person. */
  readonly wasInteractive: boolean;
}

type NotRun = Extract<CauseId, `B-NR-${string}`>;

const LEAD_MS = LIMITS.taskLeadMinutes * 60_000;

/** What a PC without a log may have been doing. */
const ANY_REST: readonly NotRun[] = ["B-NR-5", "B-NR-4", "B-NR-3"];

/**
 * Why a slot did not run, by the order of decision 0011. Several causes where the PC's own log does
 * not tell whether it was awake, the likeliest first: it keeps none, or lost its power meanwhile.
 */
export function missedSlotCauses(missed: MissedSlot): readonly NotRun[] {
  const { mayBeAwake, rests } = powerAt(missed);
  if (!mayBeAwake) return rests;
  const cause = causeAwake(missed);
  // These two are known from what the tool did itself, which it cannot have done without power.
  const isProven = cause === "B-NR-2" || cause === "B-NR-9";
  return isProven ? [cause] : [cause, ...rests];
}

interface Power {
  readonly mayBeAwake: boolean;
  /** The rests the PC may have been in. */
  readonly rests: readonly NotRun[];
}

const AWAKE: Power = { mayBeAwake: true, rests: [] };
const RESTS: Readonly<Partial<Record<HostEvent["kind"], NotRun>>> = {
  shutdown: "B-NR-5",
  hibernate: "B-NR-4",
  sleep: "B-NR-3",
};

function powerAt({ slot, hostEvents, toolEvents }: MissedSlot): Power {
  const power = hostEvents.filter((event) => !isSignIn(event));
  const last = power.findLast(({ atMs }) => atMs <= slot.atMs);
  const rest = last === undefined ? undefined : RESTS[last.kind];
  if (rest !== undefined) return { mayBeAwake: false, rests: [rest] };
  const next = power.find(({ atMs }) => atMs > slot.atMs);
  if (next === undefined && last === undefined) return { mayBeAwake: true, rests: ANY_REST };
  if (next === undefined || RESTS[next.kind] !== undefined) return AWAKE;
  // It came back without having gone: a sign of life before that shows that it had not gone yet.
  const lived = (atMs: number): boolean => atMs >= slot.atMs && atMs < next.atMs;
  if (toolEvents.some(({ atMs }) => lived(atMs))) return AWAKE;
  if (hostEvents.some((event) => isSignIn(event) && lived(event.atMs))) return AWAKE;
  return { mayBeAwake: true, rests: next.kind === "wake" ? ["B-NR-4", "B-NR-3"] : ["B-NR-5"] };
}

/** The cause if the PC was awake. */
function causeAwake(missed: MissedSlot): NotRun {
  const { slot, schedule, hostKind, task, isNetworkDrive, wasInteractive } = missed;
  const isRunning = ranAt(missed);
  if (isRunning && !wasLoggedIn(missed)) return "B-NR-2";
  if (endedInLead(missed, isRunning)) return "B-NR-9";
  const nobody = isNobodySignedIn(missed);
  if (hostKind === "windows-server-2012" && nobody) return "B-NR-8";
  if (isNetworkDrive && !(isRunning && wasInteractive)) return "B-NR-7";
  if (nobody && !startsSignedOut(task, schedule, slot)) return "B-NR-6";
  return "B-NR-1";
}

/**
 * Whether the tool ran. One that was cut off did not: it would have dealt with the slot. What its diary
 * has after the slot besides, somebody did with a command of its own.
 */
function ranAt({ slot, toolEvents, hostEvents }: MissedSlot): boolean {
  const before = toolEvents.filter(({ atMs }) => atMs <= slot.atMs);
  const started = before.findLast(({ event }) => event.startsWith("tool-"));
  if (started?.event !== "tool-started") return false;
  const after = toolEvents.slice(before.length);
  if (after.find(({ event }) => event.startsWith("tool-"))?.event === "tool-started") return false;
  return !hostEvents.some(
    ({ kind, atMs }) =>
      (kind === "shutdown" || kind === "power-loss" || kind === "boot") &&
      atMs > started.atMs &&
      atMs <= slot.atMs,
  );
}

function wasLoggedIn({ slot, toolEvents }: MissedSlot): boolean {
  const last = toolEvents.findLast(
    ({ event, atMs }) => event.startsWith("logged-") && atMs <= slot.atMs,
  );
  return last?.event === "logged-in";
}

/** Whether the tool was closed, or its user signed out, in the lead time, and stayed so. */
function endedInLead(missed: MissedSlot, isRunning: boolean): boolean {
  const { slot, toolEvents, hostEvents } = missed;
  const isInLead = (atMs: number): boolean => atMs >= slot.atMs - LEAD_MS && atMs <= slot.atMs;
  if (isRunning) return false;
  const closed = toolEvents.some(({ event, atMs }) => event === "tool-closed" && isInLead(atMs));
  const last = hostEvents.findLast((event) => isSignIn(event) && event.atMs <= slot.atMs);
  return closed || (last?.kind === "sign-out" && isInLead(last.atMs));
}

/** Known only from a log that has sign-ins; a start of the PC begins without anybody. */
function isNobodySignedIn({ slot, hostEvents }: MissedSlot): boolean {
  if (!hostEvents.some((event) => isSignIn(event))) return false;
  const before = hostEvents.filter(({ atMs }) => atMs <= slot.atMs);
  const last = before.findLast(({ kind }) => !["sleep", "hibernate", "wake"].includes(kind));
  return last !== undefined && last.kind !== "sign-in";
}

function isSignIn({ kind }: HostEvent): boolean {
  return kind === "sign-in" || kind === "sign-out";
}
