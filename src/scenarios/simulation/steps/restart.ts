import type { Step } from "../../scenario/step.ts";
import type { Simulation } from "../simulation.ts";

/** The tool ends while nothing runs, one way or another, and is started again. */
export async function restart(
  { pc, device }: Simulation,
  how: Extract<Step, { do: "restart" }>["how"],
): Promise<void> {
  if (pc === undefined) {
    if (how === "close-tool") await device.agent.close();
    else device.crash(how);
    return device.restart();
  }
  if (how === "close-tool") await pc.tool.close();
  else if (how === "kill") pc.tool.crash("kill");
  else pc.power.lose();
  return pc.putRight();
}
