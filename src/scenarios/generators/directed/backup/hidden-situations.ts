import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Tree, TreeNode } from "../../../scenario/tree-node.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

/** Entries of every kind and with every trouble that one can have on a Windows disk, by their names. */
const KINDS: Readonly<Record<string, NonNullable<TreeNode>>> = {
  file: { content: { size: 90, seed: 1 } },
  nothing: { content: { text: "" } },
  ".settings": { content: { size: 91, seed: 2 } },
  "¥ 1,000": { content: { size: 92, seed: 3 } },
  denied: { content: { size: 93, seed: 4 }, access: "denied" },
  locked: { content: { size: 94, seed: 5 }, locked: true },
  link: { kind: "symbolic-link", to: "/data" },
  hollow: { kind: "folder" },
  full: { kind: "folder" },
  "closed off": { kind: "folder", access: "denied" },
  ".git": { kind: "folder" },
  "¥ folder": { kind: "folder" },
};

const FULL = ["full", "closed off", ".git", "¥ folder"] as const;

/** All of them in a folder; hidden or not. */
function all(folder: string, hidden: boolean): Tree {
  const own = Object.entries(KINDS).map(([name, node]): [string, TreeNode] => [
    `${folder}/${name}`,
    hidden ? { ...node, hidden } : node,
  ]);
  const below = FULL.flatMap((name): [string, TreeNode][] => [
    [`${folder}/${name}/inside`, { content: { size: 70, seed: 6 } }],
    [`${folder}/${name}/hidden inside`, { content: { size: 71, seed: 7 }, hidden: true }],
  ]);
  return Object.fromEntries([...own, ...below]);
}

/** What is hidden is left out, whatever else is the matter with it, and comes with the rest once it is to. */
const hiddenArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(surroundingsArbitrary(false), fc.boolean())
  .map(([around, compareDelete]) =>
    directedScenario(around, {
      disk: "windows",
      compareDelete,
      tree: { ...all(`${ROOT}/seen`, false), ...all(`${ROOT}/hidden`, true) },
      timeline: [
        { do: "settings", includeHidden: false },
        { do: "backup" },
        { do: "settings", includeHidden: true },
        { do: "backup" },
        { do: "delete", path: `${ROOT}/hidden/file` },
        { do: "settings", includeHidden: false },
        { do: "backup" },
        { do: "restore", from: { source: 0 }, to: "/restored" },
      ],
    }),
  );

/** What cannot be looked into, beside what is truly empty, at every depth; then it can. */
const unreadableArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom<Scenario["disk"]>("linux", "macos", "windows"),
    fc.constantFrom<"access-denied" | "io-error">("access-denied", "io-error"),
  )
  .map(([around, disk, kind]) => {
    const folders = ["closed", "outer/closed", "outer/deep/closed", "only/closed"];
    const tree: Tree = Object.fromEntries(
      folders.flatMap((folder): [string, TreeNode][] => [
        [`${ROOT}/${folder}`, { kind: "folder", access: "denied" }],
        [`${ROOT}/${folder}/inside`, { content: { size: 60, seed: 8 } }],
        [`${ROOT}/${folder} not`, null],
        [`${ROOT}/${folder} half/hollow`, null],
        [`${ROOT}/${folder} half/listed`, { content: { size: 61, seed: 9 } }],
        [`${ROOT}/${folder} late`, null],
      ]),
    );
    return directedScenario(around, {
      disk,
      tree,
      compareDelete: true,
      timeline: [
        {
          do: "backup",
          faults: {
            disk: folders.flatMap((folder) =>
              [`${ROOT}/${folder} half`, `${ROOT}/${folder} late`].map((path) => ({
                path,
                kind,
                operation: "list" as const,
                times: "forever" as const,
              })),
            ),
          },
        },
        ...folders.map((folder) => ({ do: "allow" as const, path: `${ROOT}/${folder}` })),
        { do: "backup" },
        { do: "restore", from: { source: 0 }, to: "/restored" },
      ],
    });
  });

/** Situations about what is not to be seen, or cannot be. */
export const HIDDEN_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "hidden entries of every kind", topic: "backup", arbitrary: hiddenArbitrary },
  { name: "folders that cannot be looked into", topic: "backup", arbitrary: unreadableArbitrary },
];
