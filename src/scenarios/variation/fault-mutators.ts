import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { RunFaults } from "../scenario/run-faults.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Disturbance, Step } from "../scenario/step.ts";
import { pickOne, type Mutator } from "./mutator.ts";
import { rebased } from "./rebased.ts";

/** What changes what goes wrong during a step. */
export const FAULT_MUTATORS: readonly Mutator[] = [
  dropSomethingWrong,
  takeSomethingWrong,
  takeSomethingWrong,
  moveSomethingWrong,
  changeMoment,
  repeatFault,
];

/** A step in which something may go wrong. */
type Laden = Extract<Step, { do: "backup" | "restore" | "wait" }>;

function ladenOf({ timeline }: Scenario): Laden[] {
  return timeline.filter(
    (step) => step.do === "backup" || step.do === "restore" || step.do === "wait",
  );
}

function dropSomethingWrong(draft: Scenario, _donor: Scenario, random: SeededRandom): void {
  const step = pickOne(random, ladenOf(draft).filter(isTroubled));
  if (step === undefined) return;
  const { faults, disturbances } = step;
  if (disturbances !== undefined && (faults === undefined || random.int(2) === 0)) {
    disturbances.splice(random.int(disturbances.length), 1);
    return;
  }
  const layer = pickOne(random, Object.keys(faults ?? {}) as (keyof RunFaults)[]);
  if (faults === undefined || layer === undefined) return;
  const held = faults[layer];
  if (Array.isArray(held) && held.length > 1) held.splice(random.int(held.length), 1);
  else delete faults[layer];
}

function isTroubled({ faults, disturbances }: Laden): boolean {
  return Object.keys(faults ?? {}).length > 0 || (disturbances ?? []).length > 0;
}

/** What goes wrong in a step of the other scenario goes wrong in one of this too. */
function takeSomethingWrong(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  const from = pickOne(random, ladenOf(donor).filter(isTroubled));
  const to = pickOne(random, ladenOf(draft));
  if (from === undefined || to === undefined) return;
  const { faults, disturbances } = rebased(
    structuredClone({ faults: from.faults, disturbances: from.disturbances }),
    donor.sources,
    draft.sources,
  );
  add(to, faults, disturbances, random);
}

/** What goes wrong in one step goes wrong in another. */
function moveSomethingWrong(draft: Scenario, _donor: Scenario, random: SeededRandom): void {
  const from = pickOne(random, ladenOf(draft).filter(isTroubled));
  const to = pickOne(random, ladenOf(draft));
  if (from === undefined || to === undefined || from === to) return;
  const { faults, disturbances } = from;
  delete from.faults;
  delete from.disturbances;
  add(to, faults, disturbances, random);
}

function add(
  step: Laden,
  faults: RunFaults | undefined,
  disturbances: Disturbance[] | undefined,
  random: SeededRandom,
): void {
  const part = random.int(3);
  if (faults !== undefined && part !== 0) {
    const { faults: own = {} } = step;
    step.faults = {
      ...own,
      ...faults,
      ...joined("network", own, faults),
      ...joined("storage", own, faults),
      ...joined("disk", own, faults),
    };
    if ("withNeighbour" in step) delete step.withNeighbour;
  }
  if (disturbances !== undefined && part !== 1)
    step.disturbances = [...(step.disturbances ?? []), ...disturbances];
}

function joined(
  layer: "network" | "storage" | "disk",
  one: RunFaults,
  other: RunFaults,
): Partial<RunFaults> {
  const all = [...(one[layer] ?? []), ...(other[layer] ?? [])];
  return all.length === 0 ? {} : { [layer]: all };
}

/** A disturbance comes at another moment: that of another one, or one of its own kind. */
function changeMoment(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  const own = disturbancesOf(draft);
  const one = pickOne(random, own);
  if (one === undefined) return;
  const nth = 1 + random.int(12);
  const moments = [...own, ...disturbancesOf(donor)].map(({ when }) => when);
  const other = pickOne(random, moments);
  const fresh = pickOne(random, [
    { at: "request", nth },
    { at: "commit", nth },
    { at: "row", nth },
    { at: "deletion", nth: 1 },
    { at: "deleted", nth },
    { at: "io", nth: nth * (1 + random.int(20)) },
    { at: "ms", ms: random.int(2000) },
  ] as const);
  one.when = structuredClone(random.int(2) === 0 ? other : fresh) ?? one.when;
}

function disturbancesOf({ timeline }: Scenario): Disturbance[] {
  return timeline.flatMap((step) => ("disturbances" in step ? (step.disturbances ?? []) : []));
}

/** What of any fault says how often it strikes. */
interface Repeatable {
  nth?: number | undefined;
  times?: number | "forever" | undefined;
}

/** A fault strikes once more, at another ordinal, or goes on striking. */
function repeatFault(draft: Scenario, _donor: Scenario, random: SeededRandom): void {
  const lists = ladenOf(draft).flatMap(({ faults }) =>
    [faults?.network, faults?.storage, faults?.disk].filter((list) => list !== undefined),
  );
  const list = pickOne<Repeatable[]>(random, lists);
  const fault = list && pickOne(random, list);
  if (list === undefined || fault === undefined) return;
  if (random.int(3) === 0) fault.times = random.int(2) === 0 ? "forever" : 1 + random.int(4);
  else list.push({ ...structuredClone(fault), nth: 1 + random.int(12) });
}
