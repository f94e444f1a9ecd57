import * as fc from "fast-check";

import type { Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import { ROOT, type Directed } from "../directed-scenario.ts";
import { BACKUP } from "./delete-situation-parts.ts";

/** Folders with nothing in them but folders, some of them with one file. */
const FOLDERS = ["a/b", "a/c/d", "e/f/g", "h/i"] as const;
const GONE = ["a", "a/b", "a/c", "a/c/d", "e", "e/f", "e/f/g", "h", "h/i", "e/f/file"] as const;

/** Whole folders go that held nothing but empty folders, or a few files beside them, at once or one after the other. */
export const foldersOfFolders: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.subarray([...FOLDERS], { minLength: 2 }),
    fc.boolean(),
    fc.shuffledSubarray([...GONE], { minLength: 1, maxLength: 4 }),
    fc.shuffledSubarray([...GONE], { minLength: 1, maxLength: 3 }),
  )
  .map(([folders, hasFile, first, second]) => {
    const tree: Tree = {
      ...Object.fromEntries(
        folders.map((path) => [`${ROOT}/${path}`, { kind: "folder" as const }]),
      ),
      ...(hasFile && { [`${ROOT}/e/f/file`]: { content: { size: 60, seed: 6 } } }),
    };
    const goes = (paths: readonly string[]): Step[] =>
      paths.map((path) => ({ do: "delete", path: `${ROOT}/${path}` }));
    return { tree, timeline: [...goes(first), BACKUP, ...goes(second), BACKUP, BACKUP] };
  });
