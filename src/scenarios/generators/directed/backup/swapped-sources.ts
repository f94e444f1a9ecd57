import * as fc from "fast-check";

import type { DiskChange } from "../../../scenario/disk-change.ts";
import type { Moment } from "../../../scenario/moment.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Disturbance } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import { directedScenario, INNER_FOLDER, surroundingsArbitrary } from "../directed-scenario.ts";

const DEEP = `${INNER_FOLDER}/deep`;
const DEEP_FILE = `${DEEP}/deep file`;
const DEEPER = `${DEEP}/deeper`;
const DEEPEST_FILE = `${DEEPER}/deepest file`;
/** Where whoever swaps a folder for a link puts the folder. */
const MOVED_TO = "/moved";
/** Where a link leads to: entries of the same names and some of others, none of which may be sent. */
const ELSEWHERE = "/elsewhere";

const FOREIGN: Tree = {
  "inner file": { content: { size: 300, seed: 91 } },
  "deep file": { content: { size: 310, seed: 92 } },
  "deepest file": { content: { size: 320, seed: 93 } },
  "foreign folder/foreign file": { content: { size: 330, seed: 94 } },
  "empty foreign folder": null,
};

const ALIKE = [
  "",
  "/inner",
  "/deep",
  "/inner/deep",
  "/deeper",
  "/deep/deeper",
  "/inner/deep/deeper",
];

const TREE: Tree = {
  [DEEP_FILE]: { content: { size: 300, seed: 61 } },
  [DEEPEST_FILE]: { content: { size: 120, seed: 62 } },
  ...Object.fromEntries(
    ALIKE.flatMap((folder) =>
      Object.entries(FOREIGN).map(([name, node]) => [`${ELSEWHERE}${folder}/${name}`, node]),
    ),
  ),
};

const momentArbitrary: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({
    at: fc.constantFrom<"open" | "read" | "stat">("open", "read", "stat"),
    path: fc.constantFrom(DEEP_FILE, DEEPEST_FILE),
    nth: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({
    at: fc.constantFrom<"list" | "stat">("list", "stat"),
    path: fc.constantFrom(INNER_FOLDER, DEEP, DEEPER),
    nth: fc.constant(1),
  }),
);

/**
 * Another process of the PC swaps a folder of the source for a link to folders elsewhere, at any call of the backup and
 * faster than it can see: the folder goes or is moved away, and perhaps it is back some calls later.
 */
export const swappedSource: fc.Arbitrary<Scenario> = fc
  .record({
    around: surroundingsArbitrary(false),
    when: momentArbitrary,
    back: fc.option(momentArbitrary, { nil: undefined }),
    folder: fc.constantFrom(INNER_FOLDER, DEEP, DEEPER),
    disk: fc.constantFrom<Scenario["disk"]>("linux", "linux", "linux", "macos", "windows"),
    isMoved: fc.boolean(),
    compareDelete: fc.boolean(),
  })
  .map(({ around, disk, folder, isMoved, compareDelete, ...moments }) => {
    const isHeld = disk === "linux";
    // Elsewhere what was swapped after its listing is still followed (decision 0031).
    const when: Moment = isHeld ? moments.when : { at: "list", path: folder, nth: 1 };
    const back = isHeld ? moments.back : undefined;
    const away: DiskChange = isMoved
      ? { do: "rename", path: folder, to: MOVED_TO }
      : { do: "delete", path: folder };
    const isBack: readonly DiskChange[] = isMoved
      ? [
          { do: "delete", path: folder },
          { do: "rename", path: MOVED_TO, to: folder },
        ]
      : [];
    const disturbances: Disturbance[] = [
      { when, what: away },
      { when, what: { do: "make-link", path: folder, to: ELSEWHERE } },
      ...(back === undefined ? [] : isBack.map((what) => ({ when: back, what }))),
    ];
    return directedScenario(around, {
      tree: TREE,
      disk,
      compareDelete,
      timeline: [{ do: "backup", disturbances }, { do: "backup" }],
    });
  });
