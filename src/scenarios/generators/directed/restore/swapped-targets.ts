import * as fc from "fast-check";

import type { DiskChange } from "../../../scenario/disk-change.ts";
import type { Disturbance } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { restoreCallArbitrary } from "../../restore-moment.ts";
import { ROOT } from "../directed-scenario.ts";
import {
  INNER_NAME,
  onConflict,
  RESTORED_TO,
  restoreScenario,
  restoring,
} from "./restore-scenario.ts";

const AT_INNER = `${RESTORED_TO}/${INNER_NAME}`;
/** Where whoever swaps a folder for a link puts the folder. */
const MOVED_TO = "/restored/moved";
/** Where a link leads to: folders of the same names, so that what follows it notices nothing. */
const ELSEWHERE = "/elsewhere";

const TREE: Tree = {
  [`${ROOT}/${INNER_NAME}/deep/deep file`]: { content: { size: 300, seed: 61 } },
  [`${ROOT}/${INNER_NAME}/deep/deeper/deepest file`]: { content: { size: 120, seed: 62 } },
  [`${ELSEWHERE}/${INNER_NAME}/deep/deeper`]: null,
  [`${ELSEWHERE}/deep/deeper`]: null,
  [`${ELSEWHERE}/deeper`]: null,
};

/**
 * Another process of the PC swaps a folder on the way to files for a link, at any call of the restore and
 * faster than it can see: the folder goes or is moved away, and perhaps it is back some calls later.
 */
export const swappedTarget: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .record({
      at: restoreCallArbitrary,
      nth: fc.integer({ min: 1, max: 10 }),
      backAt: restoreCallArbitrary,
      backNth: fc.integer({ min: 1, max: 10 }),
      folder: fc.constantFrom(RESTORED_TO, AT_INNER, `${AT_INNER}/deep`, `${AT_INNER}/deep/deeper`),
      isMoved: fc.boolean(),
      isThere: fc.boolean(),
      choice: onConflict,
    })
    .map(({ at, nth, backAt, backNth, folder, isMoved, isThere, choice }) => {
      const link: DiskChange = { do: "make-link", path: folder, to: ELSEWHERE };
      const there: DiskChange[] = isMoved
        ? [{ do: "rename", path: folder, to: MOVED_TO }, link]
        : [{ do: "delete", path: folder }, link];
      const back: DiskChange[] = isMoved
        ? [
            { do: "delete", path: folder },
            { do: "rename", path: MOVED_TO, to: folder },
          ]
        : [
            { do: "delete", path: folder },
            { do: "make-folder", path: folder },
          ];
      const target: Tree = isThere
        ? { [`${AT_INNER}/deep/deeper`]: null }
        : { [RESTORED_TO]: null };
      return {
        tree: { ...TREE, ...target },
        timeline: [
          restoring({
            onConflict: choice,
            disturbances: [
              ...there.map((what): Disturbance => ({ when: { at, nth }, what })),
              ...back.map((what): Disturbance => ({
                when: { at: backAt, nth: backNth },
                what,
              })),
            ],
          }),
        ],
      };
    }),
);
