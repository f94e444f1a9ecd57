import * as fc from "fast-check";

import type { Step } from "../../../scenario/step.ts";
import type { Tree, TreeNode } from "../../../scenario/tree-node.ts";
import { ROOT, TARGET, type Directed } from "../directed-scenario.ts";
import { BACKUP, SETTLED } from "./delete-situation-parts.ts";

/** Entries whose names begin like that of a folder beside them, on either side of it in any order of names. */
function namesakesOf(folder: string): Readonly<Record<string, TreeNode>> {
  const file = (seed: number): TreeNode => ({ content: { size: 40 + (seed % 7), seed } });
  return {
    [`${folder}.zip`]: file(1),
    [`${folder} 2`]: null,
    [`${folder}-1/inside`]: file(2),
    [`${folder}0/inside`]: file(3),
    [`${folder}~`]: file(4),
  };
}

function filled(folder: string, fileCount: number): Tree {
  return Object.fromEntries(
    Array.from({ length: fileCount }, (_, at) => [
      `${folder}/${at % 3 === 0 ? "" : `${at % 3}/`}f${at}`,
      { content: { text: `${at}` } },
    ]),
  );
}

/** Folders of one file less than a suddenly empty one is held for, of as many, and of more (D15). */
const EMPTIED = [99, 100, 101, 102].map((count) => [`${ROOT}/of ${count}`, count] as const);

/** A file is left in it. */
const ALL_BUT_EMPTY = `${ROOT}/of 102`;

const EMPTIED_TREE: Tree = Object.assign(
  {},
  ...EMPTIED.flatMap(([folder, count]) => [filled(folder, count), namesakesOf(folder)]),
) as Tree;

/** They are all empty at once, beside others of nearly their names. */
const emptiedAtTheLimit: fc.Arbitrary<Directed> = fc.boolean().map((isConfirmed) => ({
  tree: EMPTIED_TREE,
  timeline: [
    ...EMPTIED.map(([path]): Step => ({ do: "empty", path })),
    { do: "write", path: `${ALL_BUT_EMPTY}/left`, content: { text: "one is there" } },
    BACKUP,
    { ...BACKUP, ...(isConfirmed && { confirmDeletions: true }) },
  ],
}));

/** What can become of a folder, or of an entry beside it. */
const FATES: readonly ((folder: string) => readonly Step[])[] = [
  (folder) => [{ do: "delete", path: folder }],
  (folder) => [{ do: "empty", path: folder }],
  (folder) => [{ do: "rename", path: folder, to: `${folder}1` }],
  (folder) => [{ do: "rename", path: folder, to: `${ROOT}/elsewhere` }],
  (folder) => [{ do: "change-kind", path: folder, to: "file" }],
  (folder) => [{ do: "deny", path: folder }],
  (folder) => [{ do: "delete", path: `${folder}.zip` }],
  (folder) => [
    { do: "delete", path: `${folder}0` },
    { do: "delete", path: `${folder} 2` },
  ],
  (folder) => [
    { do: "delete-folder", source: 0, path: folder.slice(ROOT.length + 1) },
    { do: "write", path: `${folder}/1/later`, content: { text: "made later" } },
  ],
  (folder) => [
    { do: "delete", path: folder },
    { do: "write", path: folder, content: { text: "a file of the name" } },
    { do: "delete", path: `${folder}-1` },
    { do: "write", path: `${folder}-1`, content: { text: "another" } },
  ],
];

const FAMILIES = FATES.map((_, at) => `${ROOT}/family${at}/n`);

/** One of several entries of nearly one name goes, in each way in which one can go; the others stay as they are. */
const oneOfNamesakes: fc.Arbitrary<Directed> = fc.nat({ max: FATES.length - 1 }).map((at) => ({
  tree: Object.assign(
    {},
    ...FAMILIES.flatMap((folder) => [filled(folder, 4), namesakesOf(folder)]),
  ) as Tree,
  timeline: [
    ...FAMILIES.flatMap((folder, index) => FATES[index]?.(folder) ?? []),
    BACKUP,
    ...SETTLED,
    { do: "restore", from: { source: 0, path: `family${at}/n0` }, to: "/restored" },
    { do: "restore", from: { source: 0, path: `family${at}` }, to: "/restored too" },
    { do: "delete", path: TARGET },
    BACKUP,
  ],
}));

/** Situations with names that begin alike. */
export const NAMESAKES = {
  emptiedAtTheLimit,
  oneOfNamesakes,
} as const satisfies Readonly<Record<string, fc.Arbitrary<Directed>>>;
