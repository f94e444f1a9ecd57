import * as fc from "fast-check";

import type { Step } from "../../../scenario/step.ts";
import { INNER, INNER_FOLDER, ROOT, SECOND, TARGET, type Directed } from "../directed-scenario.ts";
import { BACKUP, CONFIRMED, lateMoment, removal, SETTLED } from "./delete-situation-parts.ts";

/** The folder that the source is in. */
const ABOVE = ROOT.slice(0, ROOT.lastIndexOf("/"));

/** The drive is not there at one backup, be it that of the folder above the source, and there again at the next or never. */
const driveAway: fc.Arbitrary<Directed> = fc
  .tuple(fc.boolean(), fc.constantFrom(ROOT, ROOT, ABOVE), fc.boolean())
  .map(([isConfirmed, path, isBack]) => ({
    timeline: [
      { do: "remount", path, holds: {} },
      isConfirmed ? CONFIRMED : BACKUP,
      ...(isBack ? [{ do: "unmount" as const, path }, BACKUP] : []),
    ],
  }));

const LEFT = `${ROOT}/left`;
const WRITTEN: Step = { do: "write", path: LEFT, content: { size: 90, seed: 4 } };

/** What is left where all else went, and is no file that can be saved. */
const NO_FILES: readonly (readonly Step[])[] = [
  [],
  [{ do: "write", path: `${ROOT}/left?`, content: { text: "a name that is refused" } }],
  [
    { do: "make-folder", path: `${ROOT}/.refused` },
    { do: "write", path: `${ROOT}/.refused/left`, content: { text: "its folder is refused" } },
  ],
  [{ do: "make-folder", path: LEFT }],
  [{ do: "make-link", path: LEFT, to: "/data" }],
  [
    { do: "make-folder", path: INNER_FOLDER },
    { do: "write", path: `${INNER_FOLDER}/"left"`, content: { text: "refused in a folder" } },
  ],
];

/** The same, and is a file that cannot be read, or can. */
const UNREAD: readonly (readonly Step[])[] = [
  [],
  [{ do: "deny", path: LEFT }],
  [{ do: "lock", path: LEFT }],
];

/** Emptied but for what does not count, refused, and carried out once a person confirms, or a file stands there. */
const emptied: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.shuffledSubarray([...NO_FILES], { minLength: 2, maxLength: 3 }),
    fc.constantFrom(undefined, ...UNREAD),
    fc.boolean(),
  )
  .map(([leavings, unread, isRefilled]) => ({
    timeline: [
      ...leavings.flatMap((left) => [{ do: "empty" as const, path: ROOT }, ...left, BACKUP]),
      ...(unread === undefined ? [] : [WRITTEN, ...unread, BACKUP]),
      ...(isRefilled
        ? [{ do: "write" as const, path: TARGET, content: { text: "filled again" } }]
        : []),
      CONFIRMED,
      BACKUP,
    ],
  }));

const ANOTHER_NAME = `${ROOT}/another name`;
const ANOTHER_FOLDER = `${ROOT}/another folder`;
const REFUSED_FOLDER = `${ROOT}/.refused`;

/** Ways in which something gets a name, or a place, where it cannot be saved, and what lets it be saved after all. */
const OUT_OF_REACH: readonly (readonly [readonly Step[], readonly Step[]])[] = [
  [
    [{ do: "rename", path: TARGET, to: `${ROOT}/target?` }],
    [{ do: "rename", path: `${ROOT}/target?`, to: ANOTHER_NAME }],
  ],
  [
    [{ do: "rename", path: INNER_FOLDER, to: REFUSED_FOLDER }],
    [{ do: "rename", path: REFUSED_FOLDER, to: ANOTHER_FOLDER }],
  ],
  [
    [
      { do: "make-folder", path: REFUSED_FOLDER },
      { do: "rename", path: TARGET, to: `${REFUSED_FOLDER}/moved` },
      { do: "rename", path: INNER_FOLDER, to: `${REFUSED_FOLDER}/moved folder` },
    ],
    [{ do: "rename", path: REFUSED_FOLDER, to: ANOTHER_FOLDER }],
  ],
  [
    [
      { do: "rename", path: TARGET, to: ANOTHER_NAME },
      { do: "lock", path: ANOTHER_NAME },
    ],
    [{ do: "unlock", path: ANOTHER_NAME }],
  ],
  [
    [
      { do: "rename", path: INNER_FOLDER, to: ANOTHER_FOLDER },
      { do: "deny", path: ANOTHER_FOLDER },
    ],
    [{ do: "allow", path: ANOTHER_FOLDER }],
  ],
  [
    [
      { do: "rename", path: INNER, to: `${INNER_FOLDER}/another name` },
      { do: "write", path: `${INNER_FOLDER}/another name`, content: { size: 500, seed: 73 } },
      { do: "deny", path: `${INNER_FOLDER}/another name` },
    ],
    [{ do: "allow", path: `${INNER_FOLDER}/another name` }],
  ],
  [
    [
      { do: "rename", path: TARGET, to: ANOTHER_NAME },
      { do: "set-free", bytes: 0 },
    ],
    [{ do: "set-free", bytes: 1_000_000 }],
  ],
];

/** What is only elsewhere and could not be saved there keeps its copy until it is saved (D19). */
const outOfReach: fc.Arbitrary<Directed> = fc
  .tuple(fc.constantFrom(...OUT_OF_REACH), fc.boolean(), fc.boolean())
  .map(([[goes, comesBack], alsoGoes, isConfirmed]) => ({
    timeline: [
      ...goes,
      ...(alsoGoes ? [{ do: "delete" as const, path: SECOND }] : []),
      isConfirmed ? CONFIRMED : BACKUP,
      ...comesBack,
      BACKUP,
    ],
  }));

const STICK = `${ROOT}/stick`;
const ON_STICK = { ledger: { text: "only on the stick" }, "photos/one": { size: 300, seed: 80 } };
const putIn = (bind: boolean): Step => ({
  do: "remount",
  path: STICK,
  holds: ON_STICK,
  ...(bind && { bind }),
});

/** What lay on a device below the source is not gone because the device is (D15). */
const deviceBelow: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<readonly Step[]>(
      [{ do: "unmount", path: STICK }],
      [
        { do: "unmount", path: STICK },
        { do: "delete", path: STICK },
      ],
      [
        { do: "unmount", path: STICK },
        { do: "delete", path: STICK },
        { do: "delete", path: TARGET },
      ],
      [{ do: "remount", path: STICK, holds: { "another stick": { text: "x" } } }],
      [{ do: "delete", path: `${STICK}/ledger` }],
      [{ do: "delete", path: `${STICK}/photos` }],
      [
        { do: "remount", path: STICK, holds: "same" },
        { do: "delete", path: `${STICK}/ledger` },
      ],
      [{ do: "remount", path: INNER_FOLDER, holds: {} }],
      [{ do: "remount", path: INNER_FOLDER, holds: { "inner file 2": { text: "x" } } }],
    ),
    fc.boolean(),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([changes, alsoGoes, isConfirmed, isBind]) => ({
    tree: { [STICK]: null },
    timeline: [
      putIn(isBind),
      ...SETTLED,
      ...changes,
      ...(alsoGoes ? [{ do: "delete" as const, path: SECOND }] : []),
      BACKUP,
      isConfirmed ? CONFIRMED : BACKUP,
    ],
  }));

const MANY = `${ROOT}/many`;
const MANY_FILES = Object.fromEntries(
  Array.from({ length: 101 }, (_, index) => [
    `${MANY}/${Math.floor(index / 40)}/${index}`,
    { content: { text: `${index}` } },
  ]),
);

/** Behind it in the order of names, and gone as a whole. */
const WHOLE = `${ROOT}/whole`;
const WHOLE_FILES = Object.fromEntries(
  Array.from({ length: 101 }, (_, index) => [`${WHOLE}/${index}`, { content: { text: "w" } }]),
);

/**
 * A folder below the source that had many files is suddenly empty, or all but (D15); or another one is gone as a
 * whole, which is no such thing, after one of its depth that stands lost a file.
 */
const manyGone: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<readonly Step[]>(
      [{ do: "empty", path: MANY }],
      [
        { do: "empty", path: MANY },
        { do: "write", path: `${MANY}/left`, content: { text: "one file is there" } },
      ],
      [{ do: "delete", path: MANY }],
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([changes, isOther, isConfirmed]) => ({
    tree: isOther ? WHOLE_FILES : MANY_FILES,
    timeline: [
      ...(isOther ? [INNER, WHOLE].map((path) => ({ do: "delete" as const, path })) : changes),
      BACKUP,
      isConfirmed ? CONFIRMED : BACKUP,
    ],
  }));

/** Another folder of the disk that the source is on is mounted in it, or over it, and is not there any more (D15). */
const bindMountGone: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<readonly [readonly Step[], readonly Step[]]>(
      [[putIn(true)], [{ do: "unmount", path: STICK }]],
      [
        [putIn(true)],
        [{ do: "remount", path: STICK, holds: { other: { text: "x" } }, bind: true }],
      ],
      [[], [{ do: "remount", path: INNER_FOLDER, holds: {}, bind: true }]],
      [[], [{ do: "remount", path: ROOT, holds: { other: { text: "x" } }, bind: true }]],
      [
        [{ do: "remount", path: ROOT, holds: ON_STICK, bind: true }],
        [{ do: "unmount", path: ROOT }],
      ],
      [
        [putIn(true)],
        [
          { do: "remount", path: STICK, holds: "same", bind: true },
          { do: "delete", path: `${STICK}/ledger` },
        ],
      ],
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([[before, goes], alsoGoes, isConfirmed]) => ({
    disk: "linux",
    tree: { [STICK]: null },
    timeline: [
      ...before,
      ...SETTLED,
      ...goes,
      ...(alsoGoes ? [{ do: "delete" as const, path: SECOND }] : []),
      BACKUP,
      isConfirmed ? CONFIRMED : BACKUP,
    ],
  }));

/** A device below the source goes between the two looks. */
const deviceGoesLate: fc.Arbitrary<Directed> = fc
  .tuple(lateMoment, fc.boolean())
  .map(([when, isBind]) => ({
    tree: { [STICK]: null },
    timeline: [
      putIn(isBind),
      ...SETTLED,
      { do: "delete", path: `${STICK}/ledger` },
      { do: "delete", path: TARGET },
      { do: "delete", path: SECOND },
      { ...BACKUP, disturbances: [{ when, what: { do: "unmount", path: STICK } }] },
    ],
  }));

/** What cannot be listed is not gone, whatever else goes (D9). */
const unread: fc.Arbitrary<Directed> = fc
  .constantFrom<Step>(
    { do: "delete", path: TARGET },
    { do: "rename", path: SECOND, to: "/data/moved out" },
  )
  .map((goes) => ({ timeline: [{ do: "deny", path: INNER_FOLDER }, goes, BACKUP, BACKUP] }));

/** Something that is locked or may not be read is not gone. */
const protectedThings: fc.Arbitrary<Directed> = fc
  .tuple(
    removal,
    fc.constantFrom<readonly Step[]>([{ do: "deny", path: INNER }], [{ do: "lock", path: SECOND }]),
  )
  .map(([goes, steps]) => ({ timeline: [...steps, goes, BACKUP, BACKUP] }));

/** Hidden files were backed up and are left out from now on: they are there all the same. */
const hidden: fc.Arbitrary<Directed> = removal.map((goes) => ({
  disk: "windows",
  timeline: [
    { do: "hide", path: SECOND },
    { do: "hide", path: INNER_FOLDER },
    { do: "settings", includeHidden: false },
    goes,
    BACKUP,
    { do: "settings", includeHidden: true },
    BACKUP,
  ],
}));

/** Situations in which something is not to be seen, and is not gone. */
export const NOT_GONE = {
  driveAway,
  emptied,
  outOfReach,
  deviceBelow,
  bindMountGone,
  manyGone,
  deviceGoesLate,
  unread,
  protectedThings,
  hidden,
} as const satisfies Readonly<Record<string, fc.Arbitrary<Directed>>>;
