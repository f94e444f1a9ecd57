import { ACCOUNT } from "../world/account.ts";
import type { Simulation } from "../simulation.ts";
import type { StepFacts } from "../observe/step-facts.ts";

/** Runs a backup on the second PC, which is set up first when it is new. */
export async function neighbourBacksUp(simulation: Simulation, facts: StepFacts): Promise<void> {
  const { scenario, world, scenarioWorld, device, devices, refusals, jobs } = simulation;
  // It is set up like the PC: both delete, each in its own tree.
  const { compareUpload, compareDelete } = device.agent.settings.read();
  const neighbour = devices.neighbour();
  const { agent } = neighbour;
  if (agent.account.info() === undefined) {
    // It is a person who logs in there.
    simulation.logins.push("typed");
    await agent.account.login({
      serviceUrl: world.serviceUrl,
      loginId: ACCOUNT.loginId,
      password: world.service.accounts.passwordOf(ACCOUNT.loginId),
    });
    for (const path of scenario.sources) {
      try {
        await agent.sources.add(scenarioWorld.paths.toHost(path));
      } catch (error) {
        refusals.note(facts.step, "add-source", error);
      }
    }
  }
  if (agent.sources.list().length === 0) return;
  agent.settings.change({ compareUpload, compareDelete });
  await jobs.backUp(neighbour, {}, facts, () => undefined);
}
