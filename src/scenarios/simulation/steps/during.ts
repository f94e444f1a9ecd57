import type { RunFaults } from "../../scenario/run-faults.ts";
import type { Disturbance } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";
import type { OnJobStart } from "../observe/observed-jobs.ts";
import { armFaults, type ArmedFaults } from "./arm-faults.ts";
import { disturb } from "./disturb.ts";

interface Trouble {
  /** Number of the timeline's step. */
  readonly number: number;
  readonly faults?: RunFaults | undefined;
  readonly disturbances?: readonly Disturbance[] | undefined;
}

/** Lets the faults and disturbances of a step happen while what it begins runs. */
export async function during(
  simulation: Simulation,
  { number, faults = {}, disturbances = [] }: Trouble,
  begin: (armed: ArmedFaults, start: OnJobStart) => readonly Promise<void>[],
): Promise<void> {
  const { world, scenarioWorld, pc, stops, device, devices, recorders, io, inert } = simulation;
  const { faultMoments } = simulation;
  const armed = armFaults(world, scenarioWorld.paths, faults);
  faultMoments.armed(number);
  const isHindered = faults.network !== undefined || faults.outage !== undefined;
  if (isHindered) pc?.network.hindered();
  const waiting = new Map(disturbances.map((disturbance, at) => [disturbance, at]));
  const placeOf = (at: number): PropertyKey[] => ["timeline", number, "disturbances", at];
  scenarioWorld.disturbances.begin({
    disturbances,
    setTimer: (delayMs, callback) => world.clock.setTimer(delayMs, callback),
    happen: (disturbance) => {
      const at = waiting.get(disturbance) ?? -1;
      waiting.delete(disturbance);
      const reason = disturb(simulation, disturbance);
      if (reason !== undefined) inert.note(placeOf(at), reason);
    },
  });
  io.begin(number);
  const start: OnJobStart = (kind) => {
    if (kind === "delete") return armed.startDeletion();
    armed.start();
    scenarioWorld.disturbances.start();
  };
  try {
    // All of them end with the step, even when one is refused.
    const outcomes = await Promise.allSettled(begin(armed, start));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  } finally {
    scenarioWorld.disturbances.end();
    io.end();
    await stops.recover();
    // A slot that waited for the step's own run comes now.
    if (pc !== undefined) await simulation.idle();
    recorders.backups.end(device);
    for (const one of devices.all) recorders.deletions.endRun(one);
    recorders.restores.end(device);
    for (const at of waiting.values()) inert.note(placeOf(at), { code: "never-came" });
    faultMoments.disarmed();
    for (const { path, reason } of armed.end())
      inert.note(["timeline", number, "faults", ...path], reason);
    if (isHindered) pc?.network.unhindered();
  }
}
