import type { DeviceName } from "./device-name.ts";
import type { Standing } from "./restore-run.ts";

/** A job that had not come to its end when its process did. */
export interface OpenJobFact {
  readonly id: number;
  readonly status: "running" | "waiting";
}

/** A process that ended without being asked: what it was at, and what its successor lacks though it may not. */
export interface CrashFact {
  readonly device: DeviceName;
  readonly elapsedMs: number;
  readonly kind: "kill" | "power-loss";
  /** The tables that lack a row that was acknowledged before; one for each row. */
  readonly losses: readonly string[];
  readonly openJobs: readonly OpenJobFact[];
  /** The newest row of its history, whatever kind of job it is of; 0 when there was none. */
  readonly newestJobId: number;
  /** Whether a try to send a mail was under way: the answer to it may be lost. */
  readonly isMailing: boolean;
  /** What stood in the folders that restores go to once the process was gone, by the folder's path. */
  readonly targets: ReadonlyMap<string, Standing>;
}
