import type { Clock } from "../ports/clock.ts";
import type { StopSignal } from "./job-stop.ts";

/** Waits; resolves early when the job is to stop. */
export function pause(clock: Clock, delayMs: number, stop: StopSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.reason !== undefined) return resolve();
    const wake = (): void => {
      cancelTimer();
      forgetStop();
      resolve();
    };
    const cancelTimer = clock.setTimer(delayMs, wake);
    const forgetStop = stop.onStop(wake);
  });
}
