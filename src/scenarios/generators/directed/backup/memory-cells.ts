import * as fc from "fast-check";

import { EVERY_DAY } from "../../../scenario/pc.ts";
import type { Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import { pcOf } from "../../pc-of.ts";
import { INNER_FOLDER, ROOT, type Directed } from "../directed-scenario.ts";

/** Folders with so many files each, whose names are as long as people make them. */
const FOLDER_COUNT = 6;
const FILES_OF_FOLDER_COUNT = 16;
const LONG_NAME = "令和八年度の請求書と見積書の控え（取引先ごとにまとめたもの・再発行を含む）";

/** Fewer bytes than the names of all these files take together, and more than those of two folders do. */
const FREE_BYTES = 42_000;

/** Hardly anything but what is looked at is held in memory. */
const ONE_BY_ONE = { parallelUploadCount: 1, batchPartCountMax: 1 };

const NUMBERS = Array.from({ length: FOLDER_COUNT }, (_, number) => number);

/** The folder of a number, beside the others. */
function apart(number: number): string {
  return `${ROOT}/folder ${number}`;
}

/** The folder of a number, in the one before it. */
function inside(number: number): string {
  return number === 0 ? apart(0) : `${inside(number - 1)}/folder ${number}`;
}

const ALL_APART = [...NUMBERS.map((number) => apart(number)), INNER_FOLDER];

function treeOf(folderAt: (number: number) => string): Tree {
  const files = NUMBERS.flatMap((number) =>
    Array.from({ length: FILES_OF_FOLDER_COUNT }, (_, file) => [
      `${folderAt(number)}/${LONG_NAME}${file}`,
      { content: { text: `${number} ${file}` } },
    ]),
  );
  return Object.fromEntries(files) as Tree;
}

/** Nights on which a backup runs, each behind what a person does on the day before it. */
type Nights = readonly (readonly Step[])[];

const SLOT_TIME = "10:00";

/** How nights come about, in a world whose PC has little memory. */
interface Nightly {
  readonly world: Omit<Directed, "timeline">;
  readonly live: (nights: Nights) => readonly Step[];
}

const SMALL_PC = { memoryFreeBytes: FREE_BYTES, tuning: ONE_BY_ONE };

/** A person starts each backup, or the slot of a schedule comes on a PC. */
const NIGHTLY = fc.constantFrom<Nightly>(
  {
    world: SMALL_PC,
    live: (nights) => nights.flatMap((day) => [...day, { do: "backup" } as const]),
  },
  {
    world: {
      ...SMALL_PC,
      ...pcOf("windows-11"),
      schedule: { weekdays: EVERY_DAY, time: SLOT_TIME },
    },
    live: (nights) =>
      nights.flatMap((day) => [...day, { do: "wait", until: SLOT_TIME, ms: 30 * 60_000 } as const]),
  },
);

/** Folders in folders are too much for the scan; each of them beside the others is not. */
export const SCAN_NEEDS_MEMORY: fc.Arbitrary<Directed> = NIGHTLY.map(({ world, live }) => {
  // The innermost first: then the path of each is still the one it had.
  const splits = NUMBERS.slice(1)
    .toReversed()
    .map((number): Step => ({ do: "rename", path: inside(number), to: apart(number) }));
  return { ...world, tree: treeOf(inside), timeline: live([[], splits]) };
});

/** What the service lists of a source is too much to compare with; what it lists of each folder is not. */
export const COMPARISON_NEEDS_MEMORY: fc.Arbitrary<Directed> = NIGHTLY.map(({ world, live }) => ({
  ...world,
  tree: treeOf(apart),
  before: [...live([[]]), { do: "settings", compareUpload: true }],
  timeline: live([[], [{ do: "split-source", source: 0, into: ALL_APART }], []]),
}));

/** Many small folders, one after the other: however often they are looked at, none of it adds up. */
export const FOLDERS_ADD_NOTHING_UP: fc.Arbitrary<Directed> = NIGHTLY.map(({ world, live }) => ({
  ...world,
  tree: treeOf(apart),
  timeline: live([[], [], [], []]),
}));
