import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";
import { pickOne, type Mutator } from "./mutator.ts";
import { rebased } from "./rebased.ts";

/** What changes which steps there are, and in which order. */
export const TIMELINE_MUTATORS: readonly Mutator[] = [
  dropSteps,
  repeatSteps,
  moveStep,
  takeSteps,
  takeSteps,
  spliceDays,
  spliceDays,
  addPlainStep,
];

function dropSteps({ timeline }: Scenario, _donor: Scenario, random: SeededRandom): void {
  if (timeline.length < 2) return;
  timeline.splice(random.int(timeline.length), 1 + random.int(3));
}

/** Some steps once more, at once or later. */
function repeatSteps({ timeline }: Scenario, _donor: Scenario, random: SeededRandom): void {
  if (timeline.length === 0) return;
  const from = random.int(timeline.length);
  const count = 1 + random.int(3);
  const again = structuredClone(timeline.slice(from, from + count));
  const behind = from + again.length;
  timeline.splice(behind + random.int(timeline.length - behind + 1), 0, ...again);
}

function moveStep({ timeline }: Scenario, _donor: Scenario, random: SeededRandom): void {
  const [step] = timeline.splice(random.int(timeline.length), 1);
  if (step !== undefined) timeline.splice(random.int(timeline.length + 1), 0, step);
}

/** Some steps of the other scenario come between, with the entries of its tree that they name. */
function takeSteps(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  const from = random.int(donor.timeline.length);
  const taken = stepsFor(draft, donor, donor.timeline.slice(from, from + 1 + random.int(4)));
  draft.timeline.splice(random.int(draft.timeline.length + 1), 0, ...taken);
  const text = JSON.stringify(taken);
  addTree(draft, donor, (path) => text.includes(JSON.stringify(path)));
}

/** The first days of one, then the last ones of the other, on a PC that has what both had. */
function spliceDays(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  const { timeline } = draft;
  timeline.splice(random.int(timeline.length + 1));
  const behind = stepsFor(draft, donor, donor.timeline.slice(random.int(donor.timeline.length)));
  timeline.push(...behind);
  addTree(draft, donor, () => true);
  if (random.int(2) === 0) Object.assign(draft, { seed: donor.seed, ...tuningOf(donor) });
}

function tuningOf({ tuning, serviceTuning }: Scenario): Partial<Scenario> {
  return {
    ...(tuning && { tuning: structuredClone(tuning) }),
    ...(serviceTuning && { serviceTuning }),
  };
}

/** Steps as they are in a scenario with other sources. Where they need a PC, and there is none, it comes with them. */
function stepsFor(draft: Scenario, donor: Scenario, steps: readonly Step[]): Step[] {
  if (draft.pc === undefined && donor.pc !== undefined && draft.disk === donor.disk) {
    const { pc, schedule, mail, zone } = donor;
    Object.assign(
      draft,
      structuredClone({ pc, zone, ...(schedule && { schedule }), ...(mail && { mail }) }),
    );
  }
  return rebased(structuredClone(steps), donor.sources, draft.sources).map((step) =>
    withKnownSources(step, draft.sources.length),
  );
}

function withKnownSources(step: Step, count: number): Step {
  if (step.do === "backup" && step.sources !== undefined)
    return { ...step, sources: [...new Set(step.sources.map((source) => source % count))] };
  if (step.do === "restore")
    return { ...step, from: { ...step.from, source: step.from.source % count } };
  return "source" in step ? { ...step, source: step.source % count } : step;
}

function addTree(draft: Scenario, donor: Scenario, isWanted: (path: string) => boolean): void {
  const tree = rebased(structuredClone(donor.tree), donor.sources, draft.sources);
  for (const [path, node] of Object.entries(tree))
    if (!(path in draft.tree) && isWanted(path)) draft.tree[path] = node;
}

const DAY_MS = 24 * 3_600_000;

/** Something short that matters at any time. */
function addPlainStep(draft: Scenario, _donor: Scenario, random: SeededRandom): void {
  const path = pickOne(random, Object.keys(draft.tree));
  const content = { size: random.int(6000), seed: random.int(10_000) };
  const step = pickOne<Step>(random, [
    { do: "backup" },
    { do: "backup" },
    { do: "backup", confirmDeletions: true },
    { do: "restore", from: { source: random.int(draft.sources.length) }, to: "/restored" },
    {
      do: "restart",
      how: pickOne(random, ["close-tool", "kill", "power-loss"] as const) ?? "kill",
    },
    { do: "wait", ms: pickOne(random, [1, 1900, 60_000, 2_000_000, DAY_MS]) ?? 1 },
    { do: "login" },
    { do: "logout" },
    { do: "look" },
    { do: "settings", compareUpload: random.int(2) === 0, compareDelete: random.int(2) === 0 },
    { do: "settings", includeHidden: random.int(2) === 0 },
    { do: "save-service" },
    { do: "restore-service" },
    { do: "end-sessions" },
    { do: "set-free", bytes: pickOne(random, [0, 1, 100, 2000, 50_000]) ?? 0 },
    ...(path === undefined
      ? []
      : ([
          { do: "write", path, content },
          { do: "write-keeping-time", path, content },
          { do: "touch", path },
          { do: "delete", path },
          { do: "rename", path, to: `${path.slice(0, path.lastIndexOf("/"))}/renamed` },
          { do: "hide", path },
          { do: "deny", path },
          { do: "allow", path },
          { do: "chmod", path, mode: "0640" },
        ] satisfies Step[])),
  ]);
  if (step !== undefined) draft.timeline.splice(random.int(draft.timeline.length + 1), 0, step);
}
