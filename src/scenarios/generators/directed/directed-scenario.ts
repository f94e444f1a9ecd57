import * as fc from "fast-check";

import type { ScenarioTuning } from "../../scenario/scenario-tuning.ts";
import type { Step } from "../../scenario/step.ts";
import type { Tree } from "../../scenario/tree-node.ts";
import { SCENARIO_VERSION, type Scenario } from "../../scenario/scenario.ts";
import { HARMLESS_FEATURES, treeArbitrary } from "../tree.ts";
import { tuningArbitrary } from "../tuning.ts";

/** The one source of a directed scenario. */
export const ROOT = "/data/仕事";
/** A small file that is always there. */
export const TARGET = `${ROOT}/target file`;
/** A second one. */
export const SECOND = `${ROOT}/second file`;
/** A file in a folder of its own. */
export const INNER_FOLDER = `${ROOT}/inner`;
/** See {@link INNER_FOLDER}. */
export const INNER = `${INNER_FOLDER}/inner file`;

/** A file that takes several pieces, by its path below the destination. */
export const LARGE_NAME = "large file";
/** The same, by its path on the PC. */
export const LARGE = `${ROOT}/${LARGE_NAME}`;

/** The path of something in the source, below its destination. */
export function nameOf(path: string): string {
  return path.slice(ROOT.length + 1);
}

/** A harmless world around what a directed scenario makes happen. */
interface Surroundings {
  readonly seed: number;
  readonly tuning: ScenarioTuning;
  readonly tree: Tree;
  /** What cuts an earlier backup off, and at which of its requests; null for a first try. */
  readonly cut: { readonly how: "close-tool" | "kill" | "power-loss"; readonly nth: number } | null;
}

/** Any harmless tree with the files directed scenarios count on. */
export function surroundingsArbitrary(afterRestart: boolean): fc.Arbitrary<Surroundings> {
  return tuningArbitrary.chain((tuning) =>
    fc
      .record({
        seed: fc.nat({ max: 2 ** 31 - 1 }),
        others: treeArbitrary({
          root: ROOT,
          features: HARMLESS_FEATURES,
          tuning,
          disk: "linux",
          entryCountMax: 5,
        }),
        sizes: fc.tuple(size, size, size),
        cut: afterRestart
          ? fc.record({
              how: fc.constantFrom<"close-tool" | "kill" | "power-loss">(
                "close-tool",
                "kill",
                "power-loss",
              ),
              // Every backup makes as many requests, even one that has nothing to send.
              nth: fc.integer({ min: 1, max: 2 }),
            })
          : fc.constant(null),
      })
      .map(({ seed, others, sizes: [target, second, inner], cut }) => ({
        seed,
        tuning,
        cut,
        tree: {
          ...others,
          [TARGET]: { content: { size: target, seed: 1 } },
          [SECOND]: { content: { size: second, seed: 2 } },
          [INNER]: { content: { size: inner, seed: 3 } },
        },
      })),
  );
}

const size = fc.integer({ min: 100, max: 400 });

/** Everything of a scenario that a directed one sets itself. */
export type Directed = {
  /** Steps before the backup that is cut off, where there is one. */
  readonly before?: readonly Step[];
  readonly timeline: readonly Step[];
} & Partial<
  Pick<
    Scenario,
    | "tree"
    | "secure"
    | "network"
    | "edition"
    | "plan"
    | "readBytesMax"
    | "sources"
    | "disk"
    | "pc"
    | "schedule"
    | "compareUpload"
    | "compareDelete"
    | "includeHidden"
    | "serviceTuning"
    | "tuning"
    | "memoryFreeBytes"
  >
>;

/** The whole scenario: the earlier backup that is cut off, if any, and what is directed. */
export function directedScenario(around: Surroundings, directed: Directed): Scenario {
  const { timeline, tree, before = [], ...rest } = directed;
  const { cut } = around;
  const cutOff: Step[] =
    cut === null
      ? []
      : [
          {
            do: "backup",
            disturbances: [{ when: { at: "request", nth: cut.nth }, what: { do: cut.how } }],
          },
        ];
  return {
    version: SCENARIO_VERSION,
    seed: around.seed,
    start: "2026-11-21T00:00:00Z",
    zone: "Asia/Tokyo",
    edition: "office-anshin",
    plan: "standard",
    disk: "linux",
    tuning: around.tuning,
    sources: [ROOT],
    ...rest,
    tree: { ...around.tree, ...tree },
    timeline: [...before, ...cutOff, ...timeline],
  };
}
