import type { Life } from "../simulation.ts";
import { factsOfStep } from "./facts-of-step.ts";

/** What a person does once, before the timeline: login, settings and sources, with a PC schedule and mail. */
export async function setUp(life: Life): Promise<void> {
  const { scenario, place, commands, around, slots, hosts } = life;
  await place.ripen();
  await commands.login();
  commands.changeSettings(scenario);
  for (const path of scenario.sources) await commands.addSource(path);
  if (around === undefined) return;
  slots.begin(factsOfStep(life, -1));
  await around.begin();
  const { agent } = hosts.pc;
  if (scenario.schedule !== undefined) around.setSchedule(agent, scenario.schedule);
  if (scenario.mail === undefined) return;
  const { mail } = place;
  mail.set(agent, scenario.mail);
  await mail.test(agent);
  await mail.confirm(agent);
  around.noteMail();
}
