import type {
  PcFact,
  PcPowerState,
  PcRecord,
  PcSchedule,
  PcTaskFact,
  ToolState,
} from "../../observation/pc-record.ts";

/** Within so little time of each other two things may have come in either order. */
export const EITHER_ORDER_WITHIN_MS = 20;

/** What both clocks show at a moment. */
export interface ClockReading {
  readonly elapsedMs: number;
  readonly wallMs: number;
}

/** How everything about the PC stands. */
export interface PcState {
  readonly power: PcPowerState;
  /** Off because its power failed, and whether it slept when that happened. */
  readonly isLost: boolean;
  readonly wasAsleep: boolean;
  readonly isSignedIn: boolean;
  readonly signedOutAt: ClockReading | undefined;
  readonly tool: ToolState | undefined;
  /** Since when the tool is as it is. */
  readonly toolAt: ClockReading | undefined;
  readonly isLoggedIn: boolean;
  /** Whether nobody is logged in because the service refused the password that the tool remembered. */
  readonly isLoginLost: boolean;
  readonly schedule: PcSchedule | null;
  readonly isOn: boolean;
  readonly task: PcTaskFact | null;
  readonly zone: string;
}

/** A stretch of time within which nothing about the PC changes. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Wall clock less elapsed time. */
  readonly offsetMs: number;
  readonly state: PcState;
  /** What began it. */
  readonly fact: PcFact;
}

const BEFORE: PcState = {
  power: "on",
  isLost: false,
  wasAsleep: false,
  isSignedIn: true,
  signedOutAt: undefined,
  tool: undefined,
  toolAt: undefined,
  isLoggedIn: false,
  isLoginLost: false,
  schedule: null,
  isOn: true,
  task: null,
  zone: "UTC",
};

/** What the world knows of a PC, cut into stretches. */
export function stretchesOf({ facts, endElapsedMs }: PcRecord): readonly Stretch[] {
  let state = BEFORE;
  return facts.map((fact, index) => {
    state = after(state, fact);
    return {
      fromMs: fact.elapsedMs,
      toMs: facts[index + 1]?.elapsedMs ?? endElapsedMs,
      offsetMs: fact.wallMs - fact.elapsedMs,
      state,
      fact,
    };
  });
}

/** Whether a tool holds the schedule on a PC that is awake. */
export function isActive({ power, tool }: PcState): boolean {
  return power === "on" && (tool === "person" || tool === "task");
}

function after(state: PcState, { change, elapsedMs, wallMs }: PcFact): PcState {
  const at = { elapsedMs, wallMs };
  switch (change.what) {
    case "power":
      return {
        ...state,
        power: change.power,
        isLost: change.isLoss,
        wasAsleep: change.isLoss && state.power === "asleep",
      };
    case "session":
      // A power that fails signs nobody out: no log could have noted it.
      return {
        ...state,
        isSignedIn: change.isSignedIn,
        signedOutAt: change.isSignedIn || state.isLost ? undefined : at,
      };
    case "tool":
      return { ...state, tool: change.state, toolAt: at };
    case "account":
      return {
        ...state,
        isLoggedIn: change.isLoggedIn,
        isLoginLost: change.isLost === true,
      };
    case "schedule":
      return { ...state, schedule: change.schedule, isOn: change.isOn };
    case "task":
      return { ...state, task: change.task };
    case "zone":
      return { ...state, zone: change.zone };
    case "clock":
    case "source":
    case "source-removed":
    case "network":
    case "mail":
      return state;
  }
}

/** When the wall clock showed a time, up to some moment: each stretch in which it did, oldest first. */
export function stretchesAtWall(
  stretches: readonly Stretch[],
  wallMs: number,
  untilMs: number,
): readonly Stretch[] {
  const found = stretches.filter(({ fromMs, toMs, offsetMs }) => {
    const atMs = wallMs - offsetMs;
    return atMs >= fromMs && atMs < toMs && atMs <= untilMs;
  });
  if (found.length > 0) return found;
  // A clock that was set forward over it: it was skipped, and nothing changed meanwhile.
  return stretches.filter(({ fact, fromMs }, index) => {
    const { change } = fact;
    const isNext = change.what === "clock" && index > 0 && fromMs <= untilMs;
    return isNext && change.beforeMs <= wallMs && wallMs <= fact.wallMs;
  });
}
