import type { Scenario } from "../../scenario/scenario.ts";
import type { Step } from "../../scenario/step.ts";
import { disturbedAt } from "../sweepable.ts";
import type { FaultWindow, PlacedFault } from "./strike.ts";

/** A step that can carry faults. */
type FaultableStep = Extract<Step, { faults?: unknown; do: "backup" | "restore" | "wait" }>;

/** A scenario and where its points count, or where one of them was struck. */
export interface WindowedScenario {
  readonly scenario: Scenario;
  /** Number of the step in this scenario, which may have a step more than the one it was made of. */
  readonly step: number;
}

function isMarked(step: Step): boolean {
  return isFaultable(step) && (step.faults !== undefined || step.disturbances !== undefined);
}

function isFaultable(step: Step): step is FaultableStep {
  return step.do === "backup" || step.do === "restore" || step.do === "wait";
}

/**
 * The windows of a scenario in which points can count; one may turn out to have none. Of the steps that can carry
 * faults those that do, be it none, or have a list of disturbances; where no step has either, all of them.
 */
export function faultWindows({ timeline, pc, mail }: Scenario): readonly FaultWindow[] {
  const hasOwnMailFaults = timeline.some((step) => step.do === "smtp-faults");
  const hasMarks = timeline.some(isMarked);
  return timeline.flatMap((step, number): FaultWindow[] => {
    if (hasMarks && isFaultable(step) && !isMarked(step)) return [];
    const windows: FaultWindow[] = [];
    const isIdle = step.do === "wait" && pc === undefined;
    if (isFaultable(step) && !isIdle) {
      for (const layer of ["disk", "storage", "network", "memory"] as const)
        windows.push({ step: number, layer });
    }
    const canMail = pc !== undefined && (mail !== undefined || step.do === "test-mail");
    if (canMail && !hasOwnMailFaults && (isFaultable(step) || step.do === "test-mail"))
      windows.push({ step: number, layer: "mail" });
    if ((isFaultable(step) && !isIdle) || step.do === "settings" || step.do === "start-tool")
      windows.push({ step: number, layer: "process" });
    return windows;
  });
}

/**
 * The scenario in which nothing strikes yet in a window, and whatever may strike there would find all else as it
 * is: a step that carries faults of the network, be it none, begins on connections of its own.
 */
export function calmScenario(scenario: Scenario, { step, layer }: FaultWindow): WindowedScenario {
  if (layer === "mail") return withMailFaults(scenario, step, []);
  const timeline = scenario.timeline.map((one, number) => {
    if (number !== step) return one;
    if (layer === "process")
      return "disturbances" in one && one.disturbances !== undefined
        ? one
        : ({ ...one, disturbances: [] } as Step);
    if (!isFaultable(one)) return one;
    const { network = [], ...others } = one.faults ?? {};
    const isOnNetwork = layer === "network" || one.faults?.network !== undefined;
    return { ...one, faults: { ...others, ...(isOnNetwork ? { network } : {}) } };
  });
  return { scenario: { ...scenario, timeline }, step };
}

/** The same window with a fault in it. */
export function struckScenario(
  { scenario, step }: WindowedScenario,
  placed: PlacedFault,
): WindowedScenario {
  if (placed.layer === "mail") return withMailFaults(scenario, step, [placed.fault]);
  if (placed.layer === "process")
    return { scenario: disturbedAt(scenario, step, placed.fault), step };
  const timeline = scenario.timeline.map((one, number) =>
    number === step && isFaultable(one) ? { ...one, faults: withFault(one.faults, placed) } : one,
  );
  return { scenario: { ...scenario, timeline }, step };
}

function withFault(
  faults: FaultableStep["faults"],
  placed: Exclude<PlacedFault, { layer: "mail" | "process" }>,
): NonNullable<FaultableStep["faults"]> {
  switch (placed.layer) {
    case "disk":
      return { ...faults, disk: [...(faults?.disk ?? []), placed.fault] };
    case "storage":
      return { ...faults, storage: [...(faults?.storage ?? []), placed.fault] };
    case "network":
      return { ...faults, network: [...(faults?.network ?? []), placed.fault] };
    case "memory":
      return { ...faults, memory: placed.fault };
  }
}

/** Faults of the mail server are a step of their own, which is put before the one it is about. */
function withMailFaults(
  scenario: Scenario,
  step: number,
  faults: Extract<Step, { do: "smtp-faults" }>["faults"],
): WindowedScenario {
  const before = scenario.timeline[step - 1];
  // Of two faults at one step both are in force.
  if (before?.do === "smtp-faults") {
    const timeline = scenario.timeline.with(step - 1, {
      ...before,
      faults: [...before.faults, ...faults],
    });
    return { scenario: { ...scenario, timeline }, step };
  }
  const timeline = scenario.timeline.toSpliced(step, 0, { do: "smtp-faults", faults });
  return { scenario: { ...scenario, timeline }, step: step + 1 };
}
