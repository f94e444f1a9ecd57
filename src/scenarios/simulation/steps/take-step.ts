import { isExplorerAction } from "../../scenario/explorer-action.ts";
import type { Step } from "../../scenario/step.ts";
import type { ScenarioPc } from "../pc/scenario-pc.ts";
import type { Simulation } from "../simulation.ts";
import { during } from "./during.ts";
import { backUp } from "./back-up.ts";
import { factsOfStep } from "./facts-of-step.ts";
import { passTime } from "./pass-time.ts";
import { restart } from "./restart.ts";
import { restore } from "./restore.ts";

/** Takes one step of the timeline, by its number; a command that the tool refuses is noted. */
export async function takeStep(simulation: Simulation, step: Step, number: number): Promise<void> {
  const { world, slots, pc, refusals } = simulation;
  world.trace.add("person", step.do, "path" in step ? step.path : "");
  slots.begin(factsOfStep(simulation, number));
  try {
    if (pc !== undefined && needsTool(step)) await commandTool(pc, simulation, step, number);
    else await take(simulation, step, number);
    if (pc !== undefined) await simulation.idle();
  } catch (error) {
    refusals.note(number, step.do, error);
  }
}

/**
 * Takes a step that is a command to the tool. The command is over when its process is, but a step in which
 * things may happen ends only once somebody has started the tool again: else its end would fall into the
 * next step, and take the faults of that one away.
 */
async function commandTool(
  pc: ScenarioPc,
  simulation: Simulation,
  step: Step,
  number: number,
): Promise<void> {
  let taken: Promise<void> | undefined;
  await pc.tool.command(() => (taken = take(simulation, step, number)));
  const mayBeStruck = step.do === "backup" || step.do === "restore" || isDisturbed(step);
  if (mayBeStruck) await taken;
}

function isDisturbed(step: Step): boolean {
  return "disturbances" in step && step.disturbances !== undefined;
}

/** Whether a step is a command to the tool. */
function needsTool({ do: act }: Step): boolean {
  return ["backup", "restore", "login", "logout", "settings"].includes(act);
}

/** Does something at the tool during which disturbances may happen, though no job runs. */
async function underDisturbances(
  simulation: Simulation,
  { disturbances }: Extract<Step, { do: "settings" | "start-tool" }>,
  number: number,
  act: () => Promise<void> | void,
): Promise<void> {
  if (disturbances === undefined) return act();
  const { device } = simulation;
  await during(simulation, { number, disturbances }, () => [
    device.orGone((async () => act())()).then(() => undefined),
  ]);
}

async function take(simulation: Simulation, step: Step, number: number): Promise<void> {
  const { commands, actors, pc } = simulation;
  if (isExplorerAction(step)) return actors.explore(step);
  switch (step.do) {
    case "backup":
      return backUp(simulation, step, number, "safety");
    case "restore":
      return restore(simulation, step, number);
    case "wait":
      return passTime(simulation, step, number);
    case "restart":
      return restart(simulation, step.how);
    case "login":
      return commands.login();
    case "logout":
      return commands.logout();
    case "settings":
      return underDisturbances(simulation, step, number, () => commands.changeSettings(step));
    case "start-tool":
      return underDisturbances(simulation, step, number, () => pc?.tool.start());
    case "write":
    case "write-keeping-time":
    case "touch":
    case "make-folder":
    case "delete":
    case "empty":
    case "remount":
    case "unmount":
    case "rename":
    case "make-link":
    case "change-kind":
    case "make-read-only":
    case "deny":
    case "allow":
    case "lock":
    case "unlock":
    case "hide":
    case "unhide":
      return actors.change(step);
    default:
      return pc?.step(step);
  }
}
