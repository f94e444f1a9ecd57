import type { NodeDiskFs } from "../../../agent/adapters/node-disk.ts";
import type { Dialer } from "../../../agent/ports/dialer.ts";
import type { Timers } from "../../../sim-server/kernel/timers.ts";
import { networkError } from "../../../sim-server/network/network-error.ts";
import { SimSocket } from "../../../sim-server/network/sim-socket.ts";
import type { PcPorts } from "./pc-ports.ts";

/** The disk of a PC: a call of a process that sleeps comes when the PC is awake again. */
export function frozenDisk(
  fs: NodeDiskFs,
  pc: Pick<PcPorts, "isAwake" | "awake"> | undefined,
): NodeDiskFs {
  if (pc === undefined) return fs;
  const once = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    while (!pc.isAwake()) await pc.awake();
    return work();
  };
  return {
    lstat: (path, wish) => once(() => fs.lstat(path, wish)),
    opendir: (path, wish) => once(() => fs.opendir(path, wish)),
    open: (path, flags) =>
      once(async () => {
        const handle = await fs.open(path, flags);
        return {
          stat: (wish) => once(() => handle.stat(wish)),
          read: (buffer, offset, length, position) =>
            once(() => handle.read(buffer, offset, length, position)),
          close: () => handle.close(),
        };
      }),
  };
}

/** The network of a PC: what a process that sleeps would connect to fails on waking. */
export function frozenDialer(
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
