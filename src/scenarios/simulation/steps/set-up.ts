import type { Simulation } from "../simulation.ts";
import { factsOfStep } from "./facts-of-step.ts";

/** What a person does once, before the timeline: login, settings and sources, with a PC schedule and mail. */
export async function setUp(simulation: Simulation): Promise<void> {
  const { scenario, scenarioWorld, commands, pc, slots, device, mail } = simulation;
  await scenarioWorld.waitForStart();
  await commands.login();
  // The device's name is that of the PC, which nobody has to set.
  commands.changeSettings({ ...scenario, deviceName: undefined });
  for (const path of scenario.sources) await commands.addSource(path);
  if (pc === undefined) return;
  slots.begin(factsOfStep(simulation, -1));
  await pc.begin();
  const { agent } = device;
  if (scenario.schedule !== undefined) pc.setSchedule(agent, scenario.schedule);
  if (scenario.mail === undefined) return;
  mail.set(agent, scenario.mail);
  await mail.test(agent);
  await mail.confirm(agent);
  pc.noteMail();
}
