import { canHold } from "../scenario/can-hold.ts";
import { pcStepSchema } from "../scenario/pc-step.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";

/** A scenario that grows by being put together of others is as long as those that are generated, or little longer. */
const STEP_COUNT_MAX = 60;
const ENTRY_COUNT_MAX = 80;
const BYTES_MAX = 400_000;
/** Two years: a slot for each of their days takes some seconds. */
const WAIT_MS_MAX = 730 * 24 * 3_600_000;

const PC_STEPS: ReadonlySet<string> = new Set([
  ...pcStepSchema.options.map(({ shape }) => shape.do.value),
  "start-tool",
]);

/**
 * Whether a scenario that the schema takes is one that can be lived through and judged: what is about a PC has one, of
 * the kind of its disk, nothing is restored into a source, a second PC works without faults (they would be counted
 * together), paths of people's changes can be on the disk, and it is no larger than what takes some seconds at most.
 */
export function canBeDone(scenario: Scenario): boolean {
  const { timeline, tree, pc, disk } = scenario;
  if (timeline.length > STEP_COUNT_MAX || Object.keys(tree).length > ENTRY_COUNT_MAX) return false;
  if (bytesOf(scenario) > BYTES_MAX || waitMs(timeline) > WAIT_MS_MAX) return false;
  if (pc !== undefined && !isDiskOf(pc.kind, disk)) return false;
  if (pc === undefined && (scenario.schedule ?? scenario.mail) !== undefined) return false;
  return timeline.every((step) => isPossible(step, scenario));
}

function isPossible(step: Step, { pc, sources, disk }: Scenario): boolean {
  if (pc === undefined && PC_STEPS.has(step.do)) return false;
  if (step.do === "restore" && sources.some((source) => isWithin(step.to, source))) return false;
  if ("withNeighbour" in step && step.withNeighbour === true && hasFaults(step)) return false;
  if ("again" in step && step.do === "backup" && step.sources?.length !== 1) return false;
  const acts = [
    step,
    ...("disturbances" in step ? (step.disturbances ?? []) : []).map(({ what }) => what),
  ];
  return acts.every(
    (act) =>
      (!("path" in act) || !act.path.startsWith("/") || canHold(disk, act.path)) &&
      (act.do !== "rename" || canHold(disk, act.to)),
  );
}

function hasFaults(step: Step): boolean {
  return "faults" in step && step.faults !== undefined && Object.keys(step.faults).length > 0;
}

/** Whether one of two folders is the other one or in it. */
function isWithin(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}

function isDiskOf(kind: string, disk: Scenario["disk"]): boolean {
  return kind === "macos" || kind === "linux" ? disk === kind : disk === "windows";
}

/** Bytes of all contents. */
function bytesOf({ tree, timeline }: Scenario): number {
  const contents = [...Object.values(tree), ...timeline].map((held) =>
    held !== null && "content" in held ? held.content : undefined,
  );
  return contents.reduce(
    (sum, held) => sum + (held !== undefined && "size" in held ? held.size : 0),
    0,
  );
}

function waitMs(timeline: readonly Step[]): number {
  return timeline.reduce((sum, step) => sum + (step.do === "wait" ? step.ms : 0), 0);
}
