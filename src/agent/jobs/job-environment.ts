import type { Clock } from "../ports/clock.ts";
import type { Entropy } from "../ports/entropy.ts";
import type { Log } from "../ports/log.ts";
import type { MemoryGauge } from "../ports/memory.ts";
import type { Service } from "../ports/service.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Waits } from "../core/waits.ts";
import type { Tuning } from "../tuning.ts";

/** The world around every job. The disk is not in it: a backup may only read its own (I7). */
export interface JobEnvironment {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly memory: MemoryGauge;
  readonly log: Log;
  readonly service: Service;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  /** Told what the job waits for. Default: nobody is. */
  readonly waits?: Waits;
}
