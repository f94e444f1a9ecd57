import type { Profiler } from "node:inspector";

/** Whose time it is. */
export const LAYERS = [
  "generators",
  "world",
  "agent",
  "database",
  "service",
  "simulation",
  "checkers",
  "engine",
] as const;
/** One of {@link LAYERS}. */
export type Layer = (typeof LAYERS)[number];

/** The first that a file's path below the project begins with is its layer. */
const FOLDERS: readonly (readonly [folder: string, layer: Layer])[] = [
  // The agent's SQLite, in memory: nearly all of its time is that of the statements themselves.
  ["src/scenarios/simulation/process/database-file.ts", "database"],
  ["src/scenarios/generators/", "generators"],
  ["src/scenarios/runs/", "generators"],
  ["src/scenarios/scenario/", "generators"],
  ["src/scenarios/checkers/", "checkers"],
  ["src/scenarios/relations/", "checkers"],
  ["src/scenarios/coverage/", "checkers"],
  ["src/scenarios/", "simulation"],
  ["src/sim-server/storage/", "service"],
  ["src/sim-server/", "world"],
  ["src/agent/", "agent"],
];

/** Waiting, and what has nothing to do with the program: the machine's other work, the profiler itself. */
const NOBODYS: ReadonlySet<string> = new Set(["(idle)", "(program)"]);

/** What several layers share counts to the one that called it. */
const SHARED = /^src\/(protocol|messages|terminal|command-line)\//;

/**
 * The share of each layer in a profile of the processor, 0 to 1. Time in Node, in a package or in what layers share is
 * that of the layer that called; `engine` is what nobody called: collecting garbage, and turning the event loop.
 * `root` is the URL of the project's folder, with a slash at its end.
 */
export function layerShares(profile: Profiler.Profile, root: string): ReadonlyMap<Layer, number> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const layers = new Map<number, Layer | undefined>();
  const layerOf = (id: number): Layer | undefined => {
    if (layers.has(id)) return layers.get(id);
    const { url = "", functionName = "" } = nodes.get(id)?.callFrame ?? {};
    const parent = parents.get(id);
    const found =
      NOBODYS.has(functionName) || url.startsWith("node:inspector")
        ? undefined
        : (layerAt(url, root) ?? (parent === undefined ? "engine" : layerOf(parent)));
    layers.set(id, found);
    return found;
  };
  const sums = new Map<Layer, number>(LAYERS.map((layer) => [layer, 0]));
  let total = 0;
  for (const [at, id] of (profile.samples ?? []).entries()) {
    const layer = layerOf(id);
    const micros = Math.max(0, profile.timeDeltas?.[at] ?? 0);
    if (layer === undefined) continue;
    total += micros;
    sums.set(layer, (sums.get(layer) ?? 0) + micros);
  }
  return new Map([...sums].map(([layer, micros]) => [layer, total === 0 ? 0 : micros / total]));
}

function layerAt(url: string, root: string): Layer | undefined {
  if (!url.startsWith(root)) return undefined;
  const path = url.slice(root.length);
  if (SHARED.test(path)) return undefined;
  return FOLDERS.find(([folder]) => path.startsWith(folder))?.[1];
}
