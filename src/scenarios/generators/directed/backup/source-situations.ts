import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import {
  directedScenario,
  INNER_FOLDER,
  ROOT,
  surroundingsArbitrary,
} from "../directed-scenario.ts";

/** The folders around the tool's own one, that one, one in it, and others whose names begin like its own. */
function aroundTheTool(disk: Scenario["disk"]): readonly string[] {
  if (disk === "windows") {
    const home = "/Users/user/AppData/azukeru";
    return [
      "/Users",
      "/Users/user/AppData",
      home,
      "/users/USER/AppData/Azukeru",
      `${home}/logs`,
      `${home} old`,
      "/Users/user/App",
    ];
  }
  const home = "/home/user/.azukeru";
  return ["/home", "/home/user", home, `${home}/logs`, `${home}2/kept`, "/home/user/documents"];
}

/** The same folder as the source, where the disk ignores letter case. */
const OTHER_SPELLING = ROOT.replace("/data/", "/DATA/");

/**
 * Folders of which some may be sources and some may not: the tool's own one and what is around it, one in another,
 * one around another, one by another spelling, names that the service does not take, names that begin alike (D17).
 */
const oddSourcesArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom<Scenario["disk"]>("linux", "macos", "windows"),
    fc.nat({ max: 20 }),
  )
  .map(([around, disk, turn]) => {
    const tool = aroundTheTool(disk);
    const wished = [
      ROOT,
      INNER_FOLDER,
      "/data",
      OTHER_SPELLING,
      `${ROOT}2`,
      `${ROOT} 2`,
      "/data/仕",
      "/data/.refused",
      "/data/a file",
      "/data/a link",
    ];
    // Who comes first is a source, and decides about those behind it; nothing is one yet that is around the tool's.
    const drawn = turn % wished.length;
    // What is seen of a source is by the spelling of the disk alone (docs/oracle.md).
    const isBlind = disk !== "linux" && wished[drawn] === OTHER_SPELLING;
    const first = isBlind ? drawn + 1 : drawn;
    const sources = [...tool, ...wished.slice(first), ...wished.slice(0, first)];
    const folders = sources.filter((path) => !path.startsWith("/data/a "));
    const tree: Tree = Object.fromEntries([
      ...folders.map((path, at) => [`${path}/in it`, { content: { size: 30 + at, seed: at } }]),
      ["/data/a file", { content: { text: "no folder" } }],
      ["/data/a link", { kind: "symbolic-link", to: ROOT }],
    ]) as Tree;
    return directedScenario(around, { disk, tree, sources, timeline: [{ do: "backup" }] });
  });

/** Each begins like another one, which comes before it or behind it. */
const ALIKE = ["/data/ab", "/data/a", "/data/a b", "/data/abc"] as const;

/** Sources whose paths begin alike; each is restored as a whole and in parts, by its path on the PC. */
const sourcesAlikeArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom<Scenario["disk"]>("linux", "macos", "windows"),
  )
  .map(([around, disk]) => {
    const sources = [...ALIKE];
    const tree: Tree = Object.fromEntries(
      sources.flatMap((path, at) => [
        [`${path}/file`, { content: { size: 50 + at, seed: 10 + at } }],
        [`${path}/b/file`, { content: { size: 60 + at, seed: 20 + at } }],
      ]),
    );
    const restores = sources.flatMap((_, source): Step[] => [
      { do: "restore", from: { source }, to: `/restored/${source}` },
      { do: "restore", from: { source, path: "b" }, to: `/restored/${source} b` },
      {
        do: "restore",
        from: { source, path: "b/file", entryKind: "file" },
        to: `/restored/${source} file`,
      },
    ]);
    const scenario = directedScenario(around, {
      disk,
      tree,
      sources,
      timeline: [{ do: "backup" }, ...restores],
    });
    // Odd: a restore is asked for by the path on the PC.
    return { ...scenario, seed: scenario.seed | 1 };
  });

/** Situations about which folders are sources, and whose a path is. */
export const SOURCE_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "folders that may not be sources", topic: "backup", arbitrary: oddSourcesArbitrary },
  { name: "sources whose paths begin alike", topic: "restore", arbitrary: sourcesAlikeArbitrary },
];
