import type { Clock } from "../../../agent/ports/clock.ts";
import type { ProcessBoundary } from "./process-boundary.ts";

/** A clock whose timers never fire once its process is gone. */
export function processClock(boundary: ProcessBoundary, clock: Clock): Clock {
  return {
    nowMs: () => clock.nowMs(),
    elapsedMs: () => clock.elapsedMs(),
    setTimer: (delayMs, callback) =>
      clock.setTimer(delayMs, () => {
        if (!boundary.isClosed) callback();
      }),
  };
}
