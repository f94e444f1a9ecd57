import type { Clock } from "../../../agent/ports/clock.ts";
import type { PcSession, SimHost } from "../../../sim-server/host/sim-host.ts";
import { readByTheTool } from "./read-by-the-tool.ts";
import type { SimPc } from "../../../sim-server/host/sim-pc.ts";

/** A PC as a process on it depends on it. */
export interface PcPorts {
  /** Its timers stand still while it sleeps. */
  readonly timers: Clock;
  readonly isAwake: () => boolean;
  /** Resolves when it is awake: at once when it is. */
  readonly awake: () => Promise<void>;
  readonly host: (session: PcSession) => SimHost;
}

/** What a PC is for the processes on it. */
export function pcPorts(pc: SimPc): PcPorts {
  const sleepers: (() => void)[] = [];
  pc.listen(({ kind }) => {
    if (kind === "wake") for (const resolve of sleepers.splice(0)) resolve();
  });
  return {
    timers: pc.timers,
    isAwake: () => pc.power === "on",
    awake: () =>
      pc.power === "on" ? Promise.resolve() : new Promise((resolve) => void sleepers.push(resolve)),
    host: (session) => readByTheTool(pc, pc.host(session)),
  };
}
