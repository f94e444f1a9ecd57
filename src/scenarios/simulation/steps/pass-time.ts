import type { WaitStep } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";
import { during } from "./during.ts";
import { factsOfStep, faultsOfStep } from "./facts-of-step.ts";

const WEEK_MS = 7 * 24 * 3_600_000;

/** Lets time pass; what the step says about runs is about those of the slots that come meanwhile. */
export async function passTime(
  simulation: Simulation,
  step: WaitStep,
  number: number,
): Promise<void> {
  const { pc, slots, inert } = simulation;
  const { clock } = simulation.world;
  if (pc === undefined) {
    for (const key of ["until", "faults", "disturbances"] as const) {
      if (step[key] !== undefined) inert.note(["timeline", number, key], { code: "needs-pc" });
    }
    return clock.wait(step.ms);
  }
  const untilMs = step.until === undefined ? 0 : pc.clock.untilTime(step.until);
  const pass = async (): Promise<void> => {
    // No timer waits for longer than some weeks.
    let leftMs = untilMs + step.ms;
    for (; leftMs > WEEK_MS; leftMs -= WEEK_MS) await clock.wait(WEEK_MS);
    await clock.wait(leftMs);
    await simulation.idle();
  };
  if (step.faults === undefined && step.disturbances === undefined) return pass();
  const { faults, isOut, armable } = faultsOfStep(simulation, step);
  await during(simulation, { ...step, ...armable, number }, (armed, start) => {
    const outageBegan = (): boolean => isOut || armed.outageBegan;
    slots.begin({ ...factsOfStep(simulation, number), faults, outageBegan }, start);
    return [pass()];
  });
}
