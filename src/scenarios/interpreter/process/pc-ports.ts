import type { Clock } from "../../../agent/ports/clock.ts";
import type { PcSession, SimHost } from "../../../sim-server/host/sim-host.ts";

/** A PC as a process on it depends on it. */
export interface PcPorts {
  /** Its timers stand still while it sleeps. */
  readonly timers: Clock;
  readonly isAwake: () => boolean;
  /** Resolves when it is awake: at once when it is. */
  readonly awake: () => Promise<void>;
  readonly host: (session: PcSession) => SimHost;
}
