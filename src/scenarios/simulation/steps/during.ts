import type { BackupStep, RestoreStep, WaitStep } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";
import type { Start } from "../observe/start.ts";
import { armFaults, type ArmedFaults } from "./arm-faults.ts";
import { disturb } from "./disturb.ts";

/** Lets the faults and disturbances of a step happen while what it begins runs. */
export async function during(
  life: Life,
  { faults = {}, disturbances = [] }: BackupStep | RestoreStep | WaitStep,
  begin: (armed: ArmedFaults, start: Start) => readonly Promise<void>[],
): Promise<void> {
  const { world, place, around, stops, hosts, recorders } = life;
  const { moments } = place;
  const armed = armFaults(world, place.paths, faults);
  const isHindered = faults.network !== undefined || faults.outage !== undefined;
  if (isHindered) around?.network.hindered();
  moments.begin({
    disturbances,
    setTimer: (delayMs, callback) => world.clock.setTimer(delayMs, callback),
    happen: (what) => disturb(life, what),
  });
  const start: Start = (kind) => {
    if (kind === "delete") return armed.startDeletion();
    armed.start();
    moments.start();
  };
  try {
    // All of them end with the step, even when one is refused.
    const outcomes = await Promise.allSettled(begin(armed, start));
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  } finally {
    moments.end();
    await stops.recover();
    // A slot that waited for the step's own run comes now.
    if (around !== undefined) await life.idle();
    recorders.backups.end(hosts.pc);
    for (const host of hosts.all) recorders.deletions.endRun(host);
    recorders.restores.end(hosts.pc);
    armed.end();
    if (isHindered) around?.network.unhindered();
  }
}
