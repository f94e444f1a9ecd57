import type { DeviceName } from "./device-name.ts";

/** A process that ended without being asked, and what its successor does not have though it may not lack it. */
export interface CrashFact {
  readonly device: DeviceName;
  readonly elapsedMs: number;
  readonly kind: "kill" | "power-loss";
  /** What was acknowledged before and is not there any more, in words. */
  readonly losses: readonly string[];
}
