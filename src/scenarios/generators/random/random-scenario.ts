import * as fc from "fast-check";

import type { Edition, Plan } from "../../../protocol/edition.ts";
import type { Topic } from "../../coverage/topic.ts";
import type { Tree } from "../../scenario/tree-node.ts";
import { SCENARIO_VERSION, type Scenario } from "../../scenario/scenario.ts";
import { DAY_FEATURES, daysArbitrary, type DayFeature } from "./days.ts";
import type { Known } from "./known.ts";
import { FAULT_KINDS, type FaultKind } from "./faults.ts";
import { scheduleScenarioArbitrary } from "./schedule-scenario.ts";
import { TREE_FEATURES, treeArbitrary, type TreeFeature } from "../tree.ts";
import { serviceTuningArbitrary, tuningArbitrary } from "../tuning.ts";

/** Instants at which clocks and calendars have surprised programs. */
const STARTS = [
  "2026-11-21T00:00:00Z",
  "2028-02-29T14:59:59Z",
  "2026-12-31T14:59:59Z",
  "2026-03-29T00:59:59Z",
  "2038-01-19T03:14:07Z",
] as const;

const EDITION_PLANS: readonly (readonly [Edition, Plan])[] = [
  ["office-anshin", "standard"],
  ["flets-azukeru-pro", "free"],
  ["flets-azukeru-pro", "paid"],
  ["flets-azukeru-pro", "pro"],
];

/** Which features one run has at all: a random few of each kind, so that rare ones meet undisturbed. */
interface Swarm {
  readonly tree: readonly TreeFeature[];
  readonly day: readonly DayFeature[];
  readonly faults: readonly FaultKind[];
  readonly faultCountMax: number;
}

function swarmArbitrary(only: Topic | undefined): fc.Arbitrary<Swarm> {
  return fc
    .record({
      tree: fc.subarray([...TREE_FEATURES]),
      day: fc.subarray([...DAY_FEATURES]),
      faults: fc.subarray([...FAULT_KINDS], { minLength: 1 }),
      // About one run in seven has no fault at all, and as many have exactly one.
      faultCountMax: fc.constantFrom(0, 1, 2, 2, 3, 3, 4),
    })
    .map((swarm) =>
      swarm.faultCountMax === 1 ? { ...swarm, faults: swarm.faults.slice(0, 1) } : swarm,
    )
    .map((swarm) => ({ ...swarm, day: daysFor(swarm.day, only) }));
}

/** What a day needs to have, for scenarios of one kind of job. */
function daysFor(day: readonly DayFeature[], only: Topic | undefined): readonly DayFeature[] {
  if (only === "backup") return day.filter((feature) => feature !== "restore");
  const needed: DayFeature | undefined =
    only === "restore" ? "restore" : only === "delete" ? "compare" : undefined;
  return needed === undefined || day.includes(needed) ? day : [...day, needed];
}

/** Days of a PC with anything in them, or with anything that is about one kind of job. */
export function randomScenarioArbitrary(only?: Topic): fc.Arbitrary<Scenario> {
  if (only === "schedule") return scheduleScenarioArbitrary;
  return fc
    .record({
      swarm: swarmArbitrary(only),
      tuning: tuningArbitrary,
      disk: fc.constantFrom<Scenario["disk"]>("linux", "linux", "windows", "macos"),
      sources: fc.constantFrom<readonly string[]>(
        ["/data/仕事"],
        ["/data/仕事"],
        ["/data/仕事"],
        ["/data/仕事", "/data/photos"],
        // One path begins like the other.
        ["/data/仕事", "/data/仕事2"],
      ),
      compareDelete: only === "delete" ? fc.constant(true) : fc.boolean(),
    })
    .chain(({ swarm, tuning, disk, sources, compareDelete }) => {
      const trees = sources.map((root) =>
        treeArbitrary({ root, features: swarm.tree, tuning, disk }),
      );
      return fc
        .record({
          seed: fc.nat({ max: 2 ** 31 - 1 }),
          start: fc.constantFrom(...STARTS),
          editionPlan: fc.constantFrom(...EDITION_PLANS),
          secure: fc.boolean(),
          includeHidden: fc.boolean(),
          compareUpload: fc.boolean(),
          compareDelete: fc.constant(compareDelete),
          serviceTuning: serviceTuningArbitrary,
          readBytesMax: fc.constantFrom(100, 100_000),
          memoryFreeBytes: fc.option(fc.constantFrom(1500, 4000, 10_000, 30_000), {
            freq: 7,
            nil: undefined,
          }),
          trees: fc.tuple(...trees),
          days: daysArbitrary({
            features: swarm.day,
            faultKinds: swarm.faults,
            faultCountMax: swarm.faultCountMax,
            tuning,
            deletes: compareDelete,
          }),
        })
        .map(
          ({
            editionPlan: [edition, plan],
            trees: grown,
            days,
            memoryFreeBytes,
            ...rest
          }): Scenario => {
            const tree: Tree = Object.assign({}, ...grown);
            return {
              version: SCENARIO_VERSION,
              ...rest,
              ...(memoryFreeBytes !== undefined && { memoryFreeBytes }),
              zone: "Asia/Tokyo",
              edition,
              plan,
              disk,
              tuning,
              tree,
              sources: [...sources],
              timeline: days(knownOf(tree, sources)),
            };
          },
        );
    });
}

/** What steps can refer to in a tree. */
function knownOf(tree: Tree, sources: readonly string[]): Known {
  const entries = Object.entries(tree).filter(([, node]) => node?.nameBase64 === undefined);
  const files = entries.flatMap(([path, node]) =>
    node !== null && "content" in node ? [path] : [],
  );
  const first = sources[0] ?? "/data";
  return {
    sources,
    files: files.length === 0 ? [`${first}/late`] : files,
    paths: entries.map(([path]) => path),
  };
}
