import type { NodeDiskFs } from "../../../agent/adapters/node-disk.ts";
import type { PcPorts } from "./pc-ports.ts";

/** The disk of a PC: a call of a process that sleeps comes when the PC is awake again. */
export function suspendableDisk(
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
    realpath: (path) => once(() => fs.realpath(path)),
    opendir: (path, wish) => once(() => fs.opendir(path, wish)),
    readlink: (path) => once(() => fs.readlink(path)),
    open: (path, flags) =>
      once(async () => {
        const handle = await fs.open(path, flags);
        return {
          fd: handle.fd,
          stat: (wish) => once(() => handle.stat(wish)),
          read: (buffer, offset, length, position) =>
            once(() => handle.read(buffer, offset, length, position)),
          close: () => handle.close(),
        };
      }),
  };
}
