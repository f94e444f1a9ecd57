import type { World } from "../../../sim-server/world.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { HostPaths } from "../disk/host-path.ts";

/** The faults of one backup, in place. */
export interface ArmedFaults {
  /** The backup's first job began: an outage is counted from now. */
  start(): void;
  /** A delete job began: an outage that is said to begin with it is counted from now. */
  startDeletion(): void;
  /** Everything is in order again. */
  end(): void;
  readonly outageBegan: boolean;
}

/** Puts the faults of one backup in place. */
export function armFaults(world: World, paths: HostPaths, faults: RunFaults): ArmedFaults {
  const { network, service, disk, memory, clock } = world;
  for (const fault of faults.network ?? []) network.faults.add(fault);
  // Faults strike connections as they are made, so that those of earlier days must not serve.
  if (faults.network !== undefined || faults.outage !== undefined) network.cut();
  for (const fault of faults.storage ?? []) service.faults.add(fault);
  for (const fault of faults.disk ?? [])
    disk.faults.add({ ...fault, path: paths.toHost(fault.path) });
  if (faults.freeBytes !== undefined) disk.setCapacity(disk.usedBytes + faults.freeBytes);
  if (faults.memory !== undefined) memory.faults.add(faults.memory);
  let isTimed = false;
  const cancels: (() => void)[] = [];
  let outageBegan = false;
  const beginOutage = (outage: NonNullable<RunFaults["outage"]>): void => {
    outageBegan = true;
    network.down(outage.kind);
    if (outage.forMs !== "forever") cancels.push(clock.setTimer(outage.forMs, () => network.up()));
  };
  const timeOutage = (): void => {
    const { outage } = faults;
    if (outage === undefined || isTimed) return;
    isTimed = true;
    if (outage.afterMs === 0) beginOutage(outage);
    else cancels.push(clock.setTimer(outage.afterMs, () => beginOutage(outage)));
  };
  return {
    start() {
      if (faults.outage?.from === undefined) timeOutage();
    },
    startDeletion() {
      if (faults.outage?.from === "deletion") timeOutage();
    },
    end() {
      for (const cancel of cancels) cancel();
      if (outageBegan) network.up();
      network.faults.clear();
      service.faults.clear();
      disk.clearFaults();
      disk.setCapacity(Infinity);
      memory.faults.clear();
    },
    get outageBegan() {
      return outageBegan;
    },
  };
}
