import type { Clock } from "../../../agent/ports/clock.ts";
import type { Fence } from "./fence.ts";

/** A clock whose timers never fire once its process is gone. */
export function fencedClock(fence: Fence, clock: Clock): Clock {
  return {
    nowMs: () => clock.nowMs(),
    elapsedMs: () => clock.elapsedMs(),
    setTimer: (delayMs, callback) =>
      clock.setTimer(delayMs, () => {
        if (!fence.isClosed) callback();
      }),
  };
}
