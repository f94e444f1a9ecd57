import type { World } from "../../../sim-server/world.ts";
import type { InertPart } from "../../observation/inert-part.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { HostPaths } from "../disk/host-path.ts";

/** The faults of one backup, in place. */
export interface ArmedFaults {
  /** The backup's first job began: an outage is counted from now. */
  start(): void;
  /** A delete job began: an outage that is said to begin with it is counted from now. */
  startDeletion(): void;
  /** Everything is in order again; gives the faults that did nothing, by their places among the faults. */
  end(): readonly InertPart[];
  readonly outageBegan: boolean;
}

/** Puts the faults of one backup in place. */
export function armFaults(world: World, paths: HostPaths, faults: RunFaults): ArmedFaults {
  const { network, service, disk, memory, clock } = world;
  const plans: ArmedPlan[] = [];
  for (const [at, fault] of (faults.network ?? []).entries())
    plans.push([["network", at], network.faults, network.faults.add(fault)]);
  // Faults strike connections as they are made, so that those of earlier days must not serve.
  if (faults.network !== undefined || faults.outage !== undefined) network.cut();
  for (const [at, fault] of (faults.storage ?? []).entries())
    plans.push([["storage", at], service.faults, service.faults.add(fault)]);
  for (const [at, fault] of (faults.disk ?? []).entries()) {
    const id = disk.faults.add({ ...fault, path: paths.toHost(fault.path) });
    plans.push([["disk", at], disk.faults, id]);
  }
  if (faults.freeBytes !== undefined) disk.setFree(faults.freeBytes);
  if (faults.memory !== undefined)
    plans.push([["memory"], memory.faults, memory.faults.add(faults.memory)]);
  const fullCount = disk.fullCount;
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
      const inert = plans.flatMap(unstruck);
      if (faults.outage !== undefined && !outageBegan)
        inert.push({ path: ["outage"], reason: { code: "never-came" } });
      if (faults.freeBytes !== undefined && disk.fullCount === fullCount)
        inert.push({
          path: ["freeBytes"],
          reason: { code: "never-struck", matchCount: undefined },
        });
      for (const cancel of cancels) cancel();
      if (outageBegan) network.up();
      // A connection that is kept alive must not carry a fault of this step into the next one.
      network.mend();
      service.faults.clear();
      disk.clearFaults();
      disk.setCapacity(Infinity);
      memory.faults.clear();
      return inert;
    },
    get outageBegan() {
      return outageBegan;
    },
  };
}

/** A fault's place among the faults of a step, the plan it is in, and its id there. */
type ArmedPlan = readonly [
  path: readonly PropertyKey[],
  plan: { readonly list: () => readonly Struck[] },
  id: string,
];

/** What a plan knows of a fault. */
interface Struck {
  readonly id: string;
  readonly matchCount: number;
  readonly hitCount: number;
}

function unstruck([path, plan, id]: ArmedPlan): InertPart[] {
  const planned = plan.list().find((one) => one.id === id);
  if (planned === undefined || planned.hitCount > 0) return [];
  return [{ path, reason: { code: "never-struck", matchCount: planned.matchCount } }];
}
