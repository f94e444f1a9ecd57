import { diskChangeSchema } from "../scenario/disk-change.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";
import { calm } from "./calm.ts";

const DISK_CHANGES: ReadonlySet<string> = new Set(
  diskChangeSchema.options.map(({ shape }) => shape.do.value),
);

/** The sources lie beside each other in one folder, and nothing is done that names one of them. */
export function separateSources(scenario: Scenario): Scenario {
  const { timeline, ...rest } = calm(scenario);
  return { ...rest, timeline: timeline.filter((step) => isOfNoSource(step, scenario.sources)) };
}

/** One source instead: the folder that the sources lie in. */
export function joinSources(scenario: Scenario): Scenario {
  const [first = "/"] = scenario.sources;
  return { ...scenario, sources: [first.slice(0, first.lastIndexOf("/")) || "/"] };
}

function isOfNoSource(step: Step, sources: readonly string[]): boolean {
  if (step.do === "backup") return step.sources === undefined;
  if (step.do === "wait" || step.do === "restart" || step.do === "settings") return true;
  if (!DISK_CHANGES.has(step.do) || !("path" in step)) return false;
  // A source that is gone ends its own backup and no other's.
  const paths = step.do === "rename" ? [step.path, step.to] : [step.path];
  return paths.every((path) => sources.some((source) => path.startsWith(`${source}/`)));
}
