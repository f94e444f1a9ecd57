import type { Clock } from "./clock.ts";
import type { SqlDatabase } from "./database.ts";
import type { Dialer } from "./dialer.ts";
import type { Entropy } from "./entropy.ts";
import type { Host } from "./host.ts";
import type { Log } from "./log.ts";
import type { Mailer } from "./mailer.ts";
import type { Machine } from "./machine.ts";
import type { MemoryGauge } from "./memory.ts";
import type { SourceDisk } from "./source-disk.ts";
import type { TargetDisk } from "./target-disk.ts";

/** Everything the agent needs of the world around it. */
export interface AgentPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly disk: SourceDisk;
  /** Where restores go. */
  readonly targetDisk: TargetDisk;
  /** The PC around the tool; needed for the schedule. */
  readonly host?: Host;
  readonly memory: MemoryGauge;
  /** Tells this PC from others. Default: it cannot be told. */
  readonly machine?: Machine;
  readonly log: Log;
  readonly dialer: Dialer;
  readonly database: SqlDatabase;
  /** Where mails go out. */
  readonly mailer?: Mailer;
}
