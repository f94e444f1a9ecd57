import * as fc from "fast-check";

import type { Content } from "../../../scenario/content.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

/** Bytes of a block of the disk: zeros that fill one are not written by a restore. */
const BLOCK_BYTES = 4096;

/** Sizes right below, at and above each size at which something is done in another way. */
function sizesAt(limits: readonly number[]): readonly number[] {
  const all = limits.flatMap((limit) => [limit - 1, limit, limit + 1]);
  return [...new Set([0, 1, ...all])].filter((size) => size >= 0);
}

/** What a person or a program does to a file of some size. */
function changesOf(path: string, size: number, seed: number): readonly (readonly Step[])[] {
  const write = (content: Content): readonly Step[] => [{ do: "write", path, content }];
  return [
    [{ do: "touch", path }],
    [{ do: "chmod", path, mode: "0600" }],
    write({ size, seed: seed + 1 }),
    [{ do: "write-keeping-time", path, content: { size, seed: seed + 2 } }],
    write({ size: size + 1, seed }),
    write({ size: Math.max(0, size - 1), seed }),
    write({ size: 0, seed }),
    write({ size, zeros: size, seed }),
    [{ do: "rename", path, to: `${path} renamed` }],
    [{ do: "delete", path }],
    [
      { do: "touch", path },
      { do: "chmod", path, mode: "0750" },
    ],
  ];
}

/**
 * Files of every size at which something is done in another way, each changed in another way, twice, and
 * restored: into an empty folder, and once more over what that restore made.
 */
const everySizeArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.nat({ max: 10 }),
    fc.boolean(),
    fc.constantFrom<Scenario["disk"]>("linux", "linux", "macos", "windows"),
  )
  .map(([around, turn, compareUpload, disk]) => {
    const {
      batchedFileBytesMax = 2048,
      wholeFileBytesMax = 8192,
      appendBytes = 4096,
    } = around.tuning;
    const sizes = sizesAt([
      batchedFileBytesMax,
      wholeFileBytesMax,
      wholeFileBytesMax + appendBytes,
      2 * appendBytes,
      BLOCK_BYTES,
    ]);
    const files = sizes.map((size, at) => ({ path: `${ROOT}/sizes/${at}`, size, seed: 10 * at }));
    const tree: Tree = Object.fromEntries(
      files.map(({ path, size, seed }) => [path, { content: { size, seed } }]),
    );
    const changed = (by: number): readonly Step[] =>
      files.flatMap(({ path, size, seed }, at) => {
        const all = changesOf(path, size, seed);
        return all[(at + by) % all.length] ?? [];
      });
    const restored = { from: { source: 0 }, to: "/restored" } as const;
    return directedScenario(around, {
      disk,
      compareUpload,
      compareDelete: true,
      tree,
      timeline: [
        { do: "backup" },
        { do: "wait", ms: 5000 },
        ...changed(turn),
        { do: "backup" },
        { do: "restore", ...restored },
        { do: "wait", ms: 5000 },
        ...changed(turn + 3),
        { do: "backup" },
        { do: "restore", ...restored, onConflict: "overwrite" },
      ],
    });
  });

/** Situations about sizes at which something is done in another way. */
export const LIMIT_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "every size and every change", topic: "backup", arbitrary: everySizeArbitrary },
];
