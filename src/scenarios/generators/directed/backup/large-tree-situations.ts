import * as fc from "fast-check";

import { SCENARIO_VERSION, type Scenario } from "../../../scenario/scenario.ts";
import type { TreeNode } from "../../../scenario/tree-node.ts";
import { ROOT } from "../directed-scenario.ts";

/**
 * More entries than what is shipped takes at a time: names of a folder (256), rows (512), a page of the history
 * (100), of a listing (1,000). Saved, changed at both ends and in the middle, compared, deleted from and restored.
 */
function largeTree(entryCounts: readonly number[], isFlat: boolean): fc.Arbitrary<Scenario> {
  return fc
    .record({
      seed: fc.nat({ max: 2 ** 31 - 1 }),
      entryCount: fc.constantFrom(...entryCounts),
      goneEvery: fc.constantFrom(2, 7, 50),
      compareUpload: fc.boolean(),
    })
    .map(({ seed, entryCount, goneEvery, compareUpload }): Scenario => {
      const paths = Array.from({ length: entryCount }, (_, at) => {
        const name = `f${String(at).padStart(5, "0")}`;
        return `${ROOT}/${isFlat ? "" : `${Math.floor(at / 90)}/`}${name}`;
      });
      const tree: Record<string, TreeNode> = { [ROOT]: null };
      for (const [at, path] of paths.entries()) {
        tree[path] = at % 11 === 5 && isFlat ? null : { content: { size: 1 + (at % 5), seed: at } };
      }
      const gone = paths.filter((_, at) => at % goneEvery === goneEvery - 1).slice(0, 60);
      const changed = [paths[1], paths.at(-1)].filter((path) => path !== undefined);
      return {
        version: SCENARIO_VERSION,
        seed,
        start: "2026-11-21T00:00:00Z",
        zone: "Asia/Tokyo",
        edition: "office-anshin",
        plan: "standard",
        disk: "linux",
        compareUpload,
        compareDelete: true,
        tree,
        sources: [ROOT],
        timeline: [
          { do: "backup" },
          ...gone.map((path) => ({ do: "delete" as const, path })),
          ...changed.map((path) => ({
            do: "write" as const,
            path,
            content: { size: 9, seed: 9 },
          })),
          { do: "backup" },
          { do: "restore", from: { source: 0 }, to: "/restored", onConflict: "skip" },
        ],
      };
    });
}

/** A folder, and a tree, of more entries than the shipped sizes take at a time. */
export const LARGE_TREE_SITUATIONS = [
  {
    name: "a folder of hundreds",
    topic: "backup",
    arbitrary: largeTree([99, 100, 101, 257], true),
  },
  { name: "a tree of hundreds", topic: "backup", arbitrary: largeTree([256, 513, 600], false) },
  { name: "a folder of a thousand", topic: "backup", arbitrary: largeTree([1_001, 1_100], true) },
] as const;
