import * as fc from "fast-check";

import type { Disturbance, Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import { INNER_FOLDER, ROOT, SECOND, TARGET, type Directed } from "../directed-scenario.ts";
import { BACKUP } from "./delete-situation-parts.ts";

const MANY = `${ROOT}/many`;

const TREE: Tree = Object.fromEntries(
  Array.from({ length: 101 }, (_, at) => [`${MANY}/${at}`, { content: { text: `${at}` } }]),
);

/** What goes from the source and comes back, by where it is meanwhile. */
const MOVED = [
  [TARGET, "/data/away target"],
  [SECOND, "/data/away second"],
  [INNER_FOLDER, "/data/away inner"],
  [MANY, "/data/away many"],
] as const;

const GOES: readonly Step[] = MOVED.map(([path, to]) => ({ do: "rename", path, to }));

const COMES: readonly Disturbance["what"][] = MOVED.map(([to, path]) => ({
  do: "rename",
  path,
  to,
}));

/**
 * Files and folders are gone when a backup looks, and there again as they were before anything of them is deleted, or
 * before the next backup: nothing of them is sent again.
 */
export const backAsItWas: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<Disturbance["when"]>(
      { at: "deletion", nth: 1 },
      { at: "deletion", nth: 1 },
      { at: "deletion", nth: 1 },
      { at: "stat", path: TARGET, nth: 1 },
    ),
    fc.boolean(),
  )
  .map(([when, isLate]) => ({
    tree: TREE,
    timeline: [
      ...(isLate ? GOES.slice(0, 2) : GOES),
      {
        ...BACKUP,
        disturbances: (isLate ? COMES.slice(0, 2) : COMES).map((what) => ({ when, what })),
      },
      BACKUP,
      // A folder that is suddenly empty is held until a person confirms (D15).
      { do: "rename", path: MANY, to: "/data/away many" },
      { do: "make-folder", path: MANY },
      BACKUP,
      { do: "delete", path: MANY },
      { do: "rename", path: "/data/away many", to: MANY },
      BACKUP,
    ],
  }));
