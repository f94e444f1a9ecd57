import type { Dialer } from "../../../agent/ports/dialer.ts";
import type { Timers } from "../../../sim-server/kernel/timers.ts";
import { networkError } from "../../../sim-server/network/network-error.ts";
import { SimSocket } from "../../../sim-server/network/sim-socket.ts";
import type { PcPorts } from "./pc-ports.ts";

/** The network of a PC: what a process that sleeps would connect to fails on waking. */
export function suspendableDialer(
  dialer: Dialer,
  pc: Pick<PcPorts, "isAwake" | "timers">,
  timers: Timers,
): Dialer {
  return {
    dial(target) {
      if (pc.isAwake()) return dialer.dial(target);
      const socket = new SimSocket({ timers, allowHalfOpen: false });
      pc.timers.setTimer(0, () => socket.destroy(networkError("connect", "ENETUNREACH")));
      return socket;
    },
  };
}
