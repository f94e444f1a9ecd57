import type { Step } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";

/** The tool ends while nothing runs, one way or another, and is started again. */
export async function restart(
  { around, hosts: { pc } }: Life,
  how: Extract<Step, { do: "restart" }>["how"],
): Promise<void> {
  if (around === undefined) {
    if (how === "close-tool") await pc.agent.close();
    else pc.crash(how);
    return pc.restart();
  }
  if (how === "close-tool") await around.tool.close();
  else if (how === "kill") around.tool.crash("kill");
  else around.power.lose();
  return around.putRight();
}
