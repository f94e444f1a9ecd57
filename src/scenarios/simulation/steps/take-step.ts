import { isExplorerAction } from "../../scenario/explorer-action.ts";
import type { Step } from "../../scenario/step.ts";
import type { Life } from "../simulation.ts";
import { backUp } from "./back-up.ts";
import { factsOfStep } from "./facts-of-step.ts";
import { passTime } from "./pass-time.ts";
import { restart } from "./restart.ts";
import { restore } from "./restore.ts";

/** Takes one step of the timeline, by its number; a command that the tool refuses is noted. */
export async function takeStep(life: Life, step: Step, number: number): Promise<void> {
  const { world, slots, around, refusals } = life;
  world.trace.add("person", step.do, "path" in step ? step.path : "");
  slots.begin(factsOfStep(life, number));
  try {
    await (around !== undefined && needsTool(step)
      ? around.tool.command(() => take(life, step, number))
      : take(life, step, number));
    if (around !== undefined) await life.idle();
  } catch (error) {
    refusals.note(number, step.do, error);
  }
}

/** Whether a step is a command to the tool. */
function needsTool({ do: act }: Step): boolean {
  return ["backup", "restore", "login", "logout", "settings"].includes(act);
}

async function take(life: Life, step: Step, number: number): Promise<void> {
  const { commands, people, around } = life;
  if (isExplorerAction(step)) return people.explore(step);
  switch (step.do) {
    case "backup":
      return backUp(life, step, number, "safety");
    case "restore":
      return restore(life, step, number);
    case "wait":
      return passTime(life, step, number);
    case "restart":
      return restart(life, step.how);
    case "login":
      return commands.login();
    case "logout":
      return commands.logout();
    case "settings":
      return commands.changeSettings(step);
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
    case "make-read-only":
    case "deny":
    case "allow":
    case "lock":
    case "unlock":
    case "hide":
    case "unhide":
      return people.change(step);
    default:
      return around?.step(step);
  }
}
