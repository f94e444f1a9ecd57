import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { pickOne, type Mutator } from "./mutator.ts";
import { rebased } from "./rebased.ts";

/** What changes the disk at the start, the settings, and how much agent and service take at a time. */
export const SURROUNDINGS_MUTATORS: readonly Mutator[] = [
  takeEntries,
  dropEntries,
  changeEntry,
  changeSetting,
  changeTuning,
  changeStart,
];

function takeEntries({ tree, sources }: Scenario, donor: Scenario, random: SeededRandom): void {
  const others = Object.entries(rebased(structuredClone(donor.tree), donor.sources, sources));
  const from = random.int(Math.max(1, others.length));
  for (const [path, node] of others.slice(from, from + 1 + random.int(5))) tree[path] = node;
}

function dropEntries({ tree }: Scenario, _donor: Scenario, random: SeededRandom): void {
  const paths = Object.keys(tree);
  const from = random.int(Math.max(1, paths.length));
  for (const path of paths.slice(from, from + 1 + random.int(3))) delete tree[path];
}

/** An entry has another size, or comes a second time beside itself or in a folder of its own. */
function changeEntry({ tree }: Scenario, _donor: Scenario, random: SeededRandom): void {
  const path = pickOne(random, Object.keys(tree));
  if (path === undefined) return;
  const node = structuredClone(tree[path] ?? null);
  const sizes = [0, 1, 63, 64, 65, 511, 513, 2047, 2048, 2049, 4096, 4097, 8193, 16_385];
  if (node !== null && "content" in node && random.int(2) === 0) {
    const content = { size: pickOne(random, sizes) ?? 0, seed: random.int(10_000) };
    tree[path] = { ...node, content };
    return;
  }
  const name = path.slice(path.lastIndexOf("/") + 1);
  const beside = path.slice(0, path.lastIndexOf("/"));
  const other = pickOne(random, [
    `${beside}/${name} 2`,
    `${beside}/${name}-/${name}`,
    `${beside}/a/${name}`,
  ]);
  if (other !== undefined) tree[other] = node;
}

const FLAGS = [
  "includeHidden",
  "compareUpload",
  "compareDelete",
  "secure",
  "isListedBackwards",
] as const;

function changeSetting(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  const flag = pickOne(random, FLAGS);
  const act = random.int(6);
  if (flag !== undefined && act > 2) draft[flag] = draft[flag] !== true;
  else if (act === 0) Object.assign(draft, { edition: donor.edition, plan: donor.plan });
  else if (act === 1) draft.readBytesMax = pickOne(random, [7, 100, 100_000]) ?? 100;
  else if (draft.memoryFreeBytes === undefined)
    draft.memoryFreeBytes = pickOne(random, [1500, 4000, 10_000, 30_000]) ?? 10_000;
  else delete draft.memoryFreeBytes;
}

/** Counts alone: how long is waited and tried again is what checkers reckon with. */
const COUNTS = [
  "parallelUploadCount",
  "parallelDownloadCount",
  "parallelDeleteCount",
  "batchPartCountMax",
  "namesTogetherCount",
  "itemsTogetherCount",
  "namesInMemoryCountMax",
  "rowsTogetherCount",
  "statePageRowCount",
  "historyPageRowCount",
  "listedTogetherCount",
  "syncedTogetherCountMax",
  "heldFolderDepthMax",
] as const;

function changeTuning(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  const act = random.int(4);
  if (act === 0) {
    if (donor.tuning !== undefined) draft.tuning = structuredClone(donor.tuning);
    return;
  }
  if (act === 1) {
    draft.serviceTuning = { listingPageEntryCountMax: 1 + random.int(6) };
    return;
  }
  const key = pickOne(random, COUNTS);
  if (key === undefined) return;
  draft.tuning = { ...draft.tuning, [key]: pickOne(random, [1, 1, 2, 2, 3, 4, 7, 12, 32]) ?? 1 };
}

/** It begins when the other one does, in its zone, or at another time of the day. */
function changeStart(draft: Scenario, donor: Scenario, random: SeededRandom): void {
  if (random.int(2) === 0) {
    draft.start = donor.start;
    draft.zone = donor.zone;
    return;
  }
  const day = draft.start.slice(0, "2026-11-24".length);
  draft.start = `${day}T${two(random.int(24))}:${two(random.int(60))}:17Z`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
