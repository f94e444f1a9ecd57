import { diskChangeSchema } from "../scenario/disk-change.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { RestoreStep, Step } from "../scenario/step.ts";
import type { Tree } from "../scenario/tree-node.ts";
import { calm } from "./calm.ts";

const DISK_CHANGES: ReadonlySet<string> = new Set(
  diskChangeSchema.options.map(({ shape }) => shape.do.value),
);

/**
 * What each part has beside what is drawn. One file nobody touches, since a source with nothing in it has rules of its
 * own; the others are what an agent tells much of.
 */
const IN_EACH: Tree = {
  "stays.txt": { content: { text: "it stays" } },
  "refused.txt": { content: { text: "nobody may read it" }, access: "denied" },
  link: { kind: "symbolic-link", to: ".." },
  "a folder": { kind: "folder" },
};

/**
 * Days of which the same is true whether the folders `parts`, which lie beside each other, are sources or the one folder
 * is that they lie in: nothing is done that names a source, and what is renamed or restored is in one of them.
 */
export function daysOfParts(scenario: Scenario, parts: readonly string[]): Scenario {
  const { timeline, tree, ...rest } = calm(scenario);
  const folders = parts.flatMap((part) => [
    [part, null] as const,
    ...Object.entries(IN_EACH).map(([name, node]) => [`${part}/${name}`, node] as const),
  ]);
  return {
    ...rest,
    tree: { ...Object.fromEntries(folders), ...tree },
    timeline: timeline.filter((step) => isOfNoSource(step, parts)),
  };
}

/** The folder that sources lie in. */
function wholeOf([first = "/"]: readonly string[]): string {
  return first.slice(0, first.lastIndexOf("/")) || "/";
}

/** One source instead of its parts: the folder that they lie in. */
export function joinParts(scenario: Scenario): Scenario {
  const names = scenario.sources.map(nameIn);
  return {
    ...scenario,
    sources: [wholeOf(scenario.sources)],
    timeline: scenario.timeline.map((step) => {
      if (step.do !== "restore") return step;
      const { source, path = "" } = step.from;
      const name = names[source] ?? "";
      return from(step, 0, path === "" ? name : `${name}/${path}`);
    }),
  };
}

/** The parts instead of the one source that they lie in. */
export function splitIntoParts(scenario: Scenario, parts: readonly string[]): Scenario {
  const names = parts.map(nameIn);
  return {
    ...scenario,
    sources: [...parts],
    timeline: scenario.timeline.map((step) => {
      if (step.do !== "restore") return step;
      const [first = "", ...others] = (step.from.path ?? "").split("/");
      return from(step, Math.max(0, names.indexOf(first)), others.join("/"));
    }),
  };
}

/** A restore of another place. */
function from(step: RestoreStep, source: number, path: string): RestoreStep {
  const { entryKind = "folder" } = step.from;
  return { ...step, from: path === "" ? { source } : { source, path, entryKind } };
}

/** The last name of a path. */
function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function isOfNoSource(step: Step, parts: readonly string[]): boolean {
  if (step.do === "backup") return step.sources === undefined;
  if (step.do === "restore") return isOutside(step.to, parts);
  if (step.do === "wait" || step.do === "restart" || step.do === "settings") return true;
  if (!DISK_CHANGES.has(step.do) || !("path" in step)) return false;
  if (isOutside(step.path, parts) && step.do !== "rename") return true;
  // A source that is gone ends its own backup and no other's.
  const paths = step.do === "rename" ? [step.path, step.to] : [step.path];
  return parts.some((part) => paths.every((path) => path.startsWith(`${part}/`)));
}

/** Neither in the folder that the parts lie in nor above it. */
function isOutside(path: string, parts: readonly string[]): boolean {
  const whole = wholeOf(parts);
  return !`${path}/`.startsWith(`${whole}/`) && !whole.startsWith(`${path}/`);
}
