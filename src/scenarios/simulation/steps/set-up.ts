import type { Simulation } from "../simulation.ts";
import { factsOfStep } from "./facts-of-step.ts";

/** What a person does once, before the timeline: login, settings and sources, with a PC schedule and mail. */
export async function setUp(simulation: Simulation): Promise<void> {
  const { scenario, scenarioWorld, commands, pc, slots, device, mail, inert } = simulation;
  for (const path of Object.keys(scenario.tree)) {
    if (!Object.hasOwn(scenarioWorld.model.planted, path))
      inert.note(["tree", path], { code: "not-planted" });
  }
  await scenarioWorld.waitForStart();
  await commands.login();
  // The device's name is that of the PC, which nobody has to set.
  commands.changeSettings({ ...scenario, deviceName: undefined });
  for (const [at, path] of scenario.sources.entries()) {
    const errorCode = await commands.addSource(path);
    if (errorCode !== undefined) inert.note(["sources", at], { code: "refused", errorCode });
  }
  if (pc === undefined) {
    if (scenario.schedule !== undefined) inert.note(["schedule"], { code: "needs-pc" });
    if (scenario.mail !== undefined) inert.note(["mail"], { code: "needs-pc" });
    return;
  }
  for (const [at, source] of (scenario.pc?.networkSources ?? []).entries()) {
    if (source >= scenario.sources.length)
      inert.note(["pc", "networkSources", at], { code: "no-such-source" });
  }
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
