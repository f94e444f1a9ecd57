import type { InertReason } from "../../observation/inert-part.ts";
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
import { addSource, removeSource } from "./source-list.ts";
import { splitSource } from "./split-source.ts";
import { takeUsageNotice } from "./take-usage-notice.ts";

/** Takes one step of the timeline, by its number; a command that the tool refuses is noted, as is one that does nothing. */
export async function takeStep(simulation: Simulation, step: Step, number: number): Promise<void> {
  const { world, slots, pc, refusals, inert, faultMoments } = simulation;
  faultMoments.stepBegins(number);
  world.trace.add("person", step.do, "path" in step ? step.path : "");
  slots.begin(factsOfStep(simulation, number));
  try {
    const reason =
      pc !== undefined && needsTool(step)
        ? await commandTool(pc, simulation, step, number)
        : await take(simulation, step, number);
    if (reason !== undefined) inert.noteStep(number, reason);
    if (pc !== undefined) await simulation.idle();
    simulation.lookAtSettings();
  } catch (error) {
    inert.noteStep(number, { code: "refused", errorCode: refusals.note(number, step.do, error) });
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
): Promise<Inert> {
  let taken: Promise<Inert> | undefined;
  let reason: Inert;
  const isBeside = "isBeside" in step && step.isBeside === true;
  const isTaken = await pc.tool.command(async () => {
    taken = take(simulation, step, number);
    reason = await taken;
  }, isBeside);
  if (!isTaken) return { code: "nobody-there" };
  const mayBeStruck = step.do === "backup" || step.do === "restore" || isDisturbed(step);
  return mayBeStruck ? taken : reason;
}

function isDisturbed(step: Step): boolean {
  return "disturbances" in step && step.disturbances !== undefined;
}

/** Whether a step is a command to the tool. */
function needsTool({ do: act }: Step): boolean {
  return [
    "backup",
    "restore",
    "login",
    "logout",
    "settings",
    "split-source",
    "add-source",
    "remove-source",
    "usage-notice",
  ].includes(act);
}

/** Does something at the tool during which disturbances may happen, though no job runs. */
async function underDisturbances(
  simulation: Simulation,
  { disturbances }: Extract<Step, { do: "settings" | "start-tool" }>,
  number: number,
  act: () => Promise<Inert> | Inert,
): Promise<Inert> {
  if (disturbances === undefined) return act();
  const { device } = simulation;
  let reason: Inert;
  await during(simulation, { number, disturbances }, () => [
    device.orGone((async () => void (reason = await act()))()).then(() => undefined),
  ]);
  return reason;
}

/** Why a step did nothing; undefined when it did something. */
type Inert = InertReason | undefined;

function unlessDone(isDone: boolean): Inert {
  return isDone ? undefined : { code: "changed-nothing" };
}

async function take(simulation: Simulation, step: Step, number: number): Promise<Inert> {
  const { commands, actors, pc, recorders, device } = simulation;
  if (isExplorerAction(step)) return unlessDone(actors.explore(step));
  switch (step.do) {
    case "backup":
      await backUp(simulation, step, number, "safety");
      return undefined;
    case "restore":
      return (await restore(simulation, step, number)) ? undefined : { code: "no-such-source" };
    case "wait":
      await passTime(simulation, step, number);
      return unlessDone(step.ms > 0 || step.until !== undefined);
    case "use-service":
      await simulation.customer.take(step.acts);
      return unlessDone(step.acts.length > 0);
    case "restart-service":
      await simulation.operator.restart();
      return undefined;
    case "look":
      return unlessDone(recorders.look(device));
    case "set-network": {
      const { do: _, ...network } = step;
      return unlessDone(simulation.network.change(network));
    }
    case "move-state":
      device.moveToOtherPc();
      await restart(simulation, "close-tool");
      return undefined;
    case "restart":
      await restart(simulation, step.how);
      return undefined;
    case "repair-state":
      if (pc !== undefined) return { code: "changed-nothing" };
      await simulation.device.repairState(step.index);
      return undefined;
    case "login":
      await commands.login(step.captcha, step.password, step.address);
      return undefined;
    case "logout":
      return unlessDone(await commands.logout());
    case "settings":
      return underDisturbances(simulation, step, number, () =>
        unlessDone(commands.changeSettings(step)),
      );
    case "usage-notice":
      await takeUsageNotice(simulation);
      return undefined;
    case "split-source":
      return unlessDone(await splitSource(simulation, step));
    case "add-source":
      return addSource(simulation, step.path);
    case "remove-source":
      return unlessDone(removeSource(simulation, step.path));
    case "start-tool":
      return pc === undefined
        ? { code: "needs-pc" }
        : underDisturbances(simulation, step, number, async () =>
            unlessDone(await pc.tool.start()),
          );
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
    case "chmod":
    case "make-read-only":
    case "deny":
    case "allow":
    case "lock":
    case "unlock":
    case "hide":
    case "unhide":
      return unlessDone(actors.change(step));
    default:
      return pc === undefined ? { code: "needs-pc" } : pc.step(step, number);
  }
}
