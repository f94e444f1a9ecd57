import type { WaitStep } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";
import { during } from "./during.ts";
import { factsOfStep, faultsOfStep } from "./facts-of-step.ts";

const WEEK_MS = 7 * 24 * 3_600_000;

/** Lets time pass; what the step says about runs is about those of the slots that come meanwhile. */
export async function passTime(life: Life, step: WaitStep, number: number): Promise<void> {
  const { around, slots } = life;
  const { clock } = life.world;
  if (around === undefined) return clock.wait(step.ms);
  const untilMs = step.until === undefined ? 0 : around.clock.untilTime(step.until);
  const pass = async (): Promise<void> => {
    // No timer waits for longer than some weeks.
    let leftMs = untilMs + step.ms;
    for (; leftMs > WEEK_MS; leftMs -= WEEK_MS) await clock.wait(WEEK_MS);
    await clock.wait(leftMs);
    await life.idle();
  };
  if (step.faults === undefined && step.disturbances === undefined) return pass();
  const { faults, isOut, armable } = faultsOfStep(life, step);
  await during(life, { ...step, ...armable }, (armed, start) => {
    const outageBegan = (): boolean => isOut || armed.outageBegan;
    slots.begin({ ...factsOfStep(life, number), faults, outageBegan }, start);
    return [pass()];
  });
}
