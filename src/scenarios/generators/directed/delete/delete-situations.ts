import * as fc from "fast-check";

import type { BackupStep, Disturbance, RestoreStep, Step } from "../../../scenario/step.ts";
import { respelled } from "../../names.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { REMOVALS } from "./delete-cells.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import {
  directedScenario,
  INNER,
  INNER_FOLDER,
  nameOf,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
  type Directed,
} from "../directed-scenario.ts";

const BACKUP: BackupStep = { do: "backup" };
const SETTLED: readonly Step[] = [BACKUP, { do: "wait", ms: 5000 }];

/** Both settings from the start, in any harmless surroundings; everything is on the service first. */
function situation(name: string, directed: fc.Arbitrary<Directed>): DirectedGenerator {
  const arbitrary = fc
    .tuple(surroundingsArbitrary(false), fc.boolean(), directed)
    .map(([around, compareUpload, { timeline, ...rest }]) =>
      directedScenario(around, {
        compareDelete: true,
        compareUpload,
        ...rest,
        timeline: [...SETTLED, ...timeline],
      }),
    );
  return { name, topic: "delete", arbitrary };
}

const removal = fc.constantFrom(...REMOVALS);

/** Moments at which what was seen by the scan may no longer be so. */
const lateMoment = fc.constantFrom<Disturbance["when"]>(
  { at: "deletion", nth: 1 },
  { at: "stat", path: TARGET, nth: 1 },
  { at: "stat", path: SECOND, nth: 1 },
  { at: "deleted", nth: 1 },
);

/** Something happens after the scan and before everything is deleted. */
function late(...changes: Disturbance["what"][]): fc.Arbitrary<Directed> {
  return fc.tuple(fc.constantFrom(...changes), lateMoment).map(([what, when]) => ({
    timeline: [
      { do: "delete", path: TARGET },
      { do: "delete", path: SECOND },
      { do: "delete", path: INNER_FOLDER },
      { do: "backup", disturbances: [{ when, what }] },
    ],
  }));
}

/** The drive is not there at one backup and there again at the next. */
const driveAway: fc.Arbitrary<Directed> = fc.boolean().map((isConfirmed) => ({
  timeline: [
    { do: "remount", path: ROOT, holds: {} },
    { ...BACKUP, ...(isConfirmed ? { confirmDeletions: true } : {}) },
    { do: "unmount", path: ROOT },
    BACKUP,
  ],
}));

/** Emptied, refused, and carried out once a person confirms. */
const emptied: fc.Arbitrary<Directed> = fc.boolean().map((isRefilled) => ({
  timeline: [
    { do: "empty", path: ROOT },
    BACKUP,
    ...(isRefilled
      ? [{ do: "write" as const, path: TARGET, content: { text: "filled again" } }]
      : []),
    { ...BACKUP, confirmDeletions: true },
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
  .tuple(fc.constantFrom(...OUT_OF_REACH), fc.boolean())
  .map(([[goes, comesBack], alsoGoes]) => ({
    timeline: [
      ...goes,
      ...(alsoGoes ? [{ do: "delete" as const, path: SECOND }] : []),
      BACKUP,
      ...comesBack,
      BACKUP,
    ],
  }));

const STICK = `${ROOT}/stick`;
const ON_STICK = { ledger: { text: "only on the stick" }, "photos/one": { size: 300, seed: 80 } };
const PUT_IN: Step = { do: "remount", path: STICK, holds: ON_STICK };

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
  )
  .map(([changes, alsoGoes, isConfirmed]) => ({
    tree: { [STICK]: null },
    timeline: [
      PUT_IN,
      ...SETTLED,
      ...changes,
      ...(alsoGoes ? [{ do: "delete" as const, path: SECOND }] : []),
      BACKUP,
      isConfirmed ? { ...BACKUP, confirmDeletions: true } : BACKUP,
    ],
  }));

const MANY = `${ROOT}/many`;
const MANY_FILES = Object.fromEntries(
  Array.from({ length: 101 }, (_, index) => [
    `${MANY}/${Math.floor(index / 40)}/${index}`,
    { content: { text: `${index}` } },
  ]),
);

/** A folder below the source that had many files is suddenly empty, or all but (D15). */
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
  )
  .map(([changes, isConfirmed]) => ({
    tree: MANY_FILES,
    timeline: [...changes, BACKUP, { ...BACKUP, ...(isConfirmed && { confirmDeletions: true }) }],
  }));

/** A device below the source goes between the two looks. */
const deviceGoesLate: fc.Arbitrary<Directed> = lateMoment.map((when) => ({
  tree: { [STICK]: null },
  timeline: [
    PUT_IN,
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

const DEEP_FOLDER = `${INNER_FOLDER}/deep/deeper`;

const changedKind = fc.tuple(
  fc.constantFrom(TARGET, SECOND, INNER_FOLDER, INNER, DEEP_FOLDER, `${DEEP_FOLDER}/file`),
  fc.constantFrom("file", "folder", "symbolic-link", "socket"),
);

/**
 * A path gets another kind, at any depth, before a backup or after its scan: what stood there is gone
 * (D20), and a restore into an empty folder gives what the PC has.
 */
const changedKinds: fc.Arbitrary<Directed> = fc
  .record({
    changes: fc.array(changedKind, { minLength: 1, maxLength: 3 }),
    late: fc.option(fc.tuple(lateMoment, changedKind)),
    compareDelete: fc.boolean(),
    onConflict: fc.constantFrom<RestoreStep["onConflict"]>("skip", "overwrite", "keep-both"),
  })
  .map(({ changes, late: lately, compareDelete, onConflict }) => ({
    tree: { [`${DEEP_FOLDER}/file`]: { content: { size: 60, seed: 4 } } },
    compareDelete,
    timeline: [
      ...changes.flatMap(([path, to]): Step[] => [
        { do: "change-kind", path, to },
        BACKUP,
        { do: "wait", ms: 5000 },
      ]),
      ...(lately === null
        ? []
        : [
            { do: "delete" as const, path: TARGET },
            {
              do: "backup" as const,
              disturbances: [
                {
                  when: lately[0],
                  what: { do: "change-kind" as const, path: lately[1][0], to: lately[1][1] },
                },
              ],
            },
            BACKUP,
          ]),
      { do: "restore", from: { source: 0 }, to: "/restored/here", onConflict },
    ],
  }));

const SPELLED = `${DEEP_FOLDER}/Grün ガ.txt`;
const UPPER = `${INNER_FOLDER}/UPPER.TXT`;

/**
 * Files and folders are renamed in letter case or normalisation only, at any depth, before a backup or after
 * its scan, and perhaps changed: to a disk that takes both spellings for one name it is one file (D20).
 */
const otherSpellings: fc.Arbitrary<Directed> = fc
  .record({
    disk: fc.constantFrom<Scenario["disk"]>("windows", "macos", "macos", "linux"),
    paths: fc.uniqueArray(
      fc.constantFrom(
        TARGET,
        INNER_FOLDER,
        INNER,
        `${INNER_FOLDER}/deep`,
        DEEP_FOLDER,
        SPELLED,
        UPPER,
      ),
      { minLength: 1, maxLength: 4 },
    ),
    form: fc.constantFrom<"case" | "form">("case", "form"),
    isEdited: fc.boolean(),
    late: fc.option(lateMoment, { freq: 2 }),
    compareDelete: fc.constantFrom(true, true, true, false),
  })
  .map(({ disk, paths, form, isEdited, late: when, compareDelete }) => {
    const renames = paths.map((path) => {
      const at = path.lastIndexOf("/") + 1;
      const name = path.slice(at);
      const to = path.slice(0, at) + (form === "form" ? name.normalize("NFD") : respelled(name));
      return { do: "rename" as const, path, to };
    });
    const edits = [TARGET, SPELLED, UPPER].map((path) => ({
      do: "write" as const,
      path,
      content: { text: "the newest version" },
    }));
    return {
      disk,
      compareDelete,
      tree: {
        [SPELLED]: { content: { size: 60, seed: 4 } },
        [UPPER]: { content: { size: 60, seed: 5 } },
      },
      timeline: [
        ...(when === null ? renames : []),
        ...(isEdited ? edits : []),
        { do: "delete", path: SECOND },
        {
          do: "backup",
          disturbances: when === null ? [] : renames.map((what) => ({ when, what })),
        },
        { do: "wait", ms: 5000 },
        BACKUP,
        { do: "restore", from: { source: 0 }, to: "/restored/here" },
      ],
    };
  });

/**
 * The same without deletions, so that both spellings are on the service: a restore gives the name to the
 * file that the PC has.
 */
const olderSpellings: fc.Arbitrary<Directed> = fc
  .record({
    disk: fc.constantFrom<Scenario["disk"]>("windows", "macos"),
    onConflict: fc.constantFrom<RestoreStep["onConflict"]>("skip", "overwrite", "keep-both"),
  })
  .map(({ disk, onConflict }) => ({
    disk,
    compareDelete: false,
    tree: { [UPPER]: { content: { size: 60, seed: 5 } } },
    timeline: [
      { do: "rename", path: UPPER, to: `${INNER_FOLDER}/upper.txt` },
      { do: "write", path: UPPER, content: { text: "the newest version" } },
      BACKUP,
      { do: "restore", from: { source: 0 }, to: "/restored/here", onConflict },
    ],
  }));

/** What stood at a path comes back as it was, after something of another kind was saved in its place. */
const kindsAndBack: fc.Arbitrary<Directed> = fc
  .record({
    path: fc.constantFrom(TARGET, INNER_FOLDER, INNER, DEEP_FOLDER, `${DEEP_FOLDER}/file`),
    compareDelete: fc.constantFrom(false, false, true),
    onConflict: fc.constantFrom<RestoreStep["onConflict"]>("skip", "overwrite", "keep-both"),
  })
  .map(({ path, compareDelete, onConflict }) => {
    const isFolder = path === INNER_FOLDER || path === DEEP_FOLDER;
    const other = isFolder ? path : `${path}/inside`;
    return {
      tree: { [`${DEEP_FOLDER}/file`]: { content: { size: 60, seed: 4 } } },
      compareDelete,
      timeline: [
        { do: "rename", path, to: "/data/kept aside" },
        ...(isFolder ? [] : [{ do: "make-folder" as const, path }]),
        { do: "write", path: other, content: { text: "for a day" } },
        BACKUP,
        { do: "wait", ms: 5000 },
        { do: "delete", path },
        { do: "rename", path: "/data/kept aside", to: path },
        BACKUP,
        { do: "restore", from: { source: 0 }, to: "/restored/here", onConflict },
      ],
    };
  });

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

/** What somebody put into the folders of the destination stays. */
const guests: fc.Arbitrary<Directed> = fc
  .tuple(removal, fc.constantFrom(`${nameOf(INNER_FOLDER)}/guest`, "guest", "a/b/guest"))
  .map(([goes, path]) => ({
    timeline: [
      { do: "put-file", source: 0, path, content: { text: "not theirs to delete" } },
      goes,
      { do: "delete", path: INNER_FOLDER },
      BACKUP,
      BACKUP,
    ],
  }));

const meddling = fc.constantFrom<Disturbance["what"]>(
  { do: "delete-file", source: 0, path: nameOf(TARGET) },
  { do: "delete-file", source: 0, path: nameOf(SECOND) },
  { do: "delete-folder", source: 0, path: nameOf(INNER_FOLDER) },
  { do: "replace-file", source: 0, path: nameOf(SECOND), content: { text: "replaced" } },
  { do: "put-file", source: 0, path: `${nameOf(INNER_FOLDER)}/guest`, content: { text: "x" } },
);

/** Someone works in the destination, before a backup and while things are deleted. */
const meddled: fc.Arbitrary<Directed> = fc
  .tuple(meddling, meddling, lateMoment, removal)
  .map(([before, during, when, goes]) => ({
    timeline: [
      before as Step,
      goes,
      { do: "delete", path: SECOND },
      { do: "backup", disturbances: [{ when, what: during }] },
      BACKUP,
    ],
  }));

/** A deletion that nobody heard the end of, of a file that comes back as it was. */
const comesBack: fc.Arbitrary<Directed> = fc
  .constantFrom<BackupStep>(
    { ...BACKUP, disturbances: [{ when: { at: "deleted", nth: 1 }, what: { do: "kill" } }] },
    { ...BACKUP, disturbances: [{ when: { at: "deleted", nth: 1 }, what: { do: "power-loss" } }] },
    { ...BACKUP, disturbances: [{ when: { at: "deleted", nth: 1 }, what: { do: "interrupt" } }] },
    { ...BACKUP, disturbances: [{ when: { at: "deleted", nth: 1 }, what: { do: "close-tool" } }] },
    BACKUP,
    {
      ...BACKUP,
      faults: {
        storage: [{ kind: "reset-after-commit", operation: "deleteFile", times: "forever" }],
      },
    },
    { ...BACKUP, faults: { storage: [{ kind: "corrupt-response", operation: "deleteFile" }] } },
  )
  .map((step) => ({
    timeline: [
      { do: "rename", path: TARGET, to: "/data/kept elsewhere" },
      step,
      { do: "rename", path: "/data/kept elsewhere", to: TARGET },
      { do: "settings", compareUpload: false },
      BACKUP,
    ],
  }));

/** An upload that was cut off and may have arrived, of a file that is gone at the next backup. */
const arrivedLate: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<"kill" | "interrupt" | "close-tool">("kill", "interrupt", "close-tool"),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([act, nth]) => ({
    timeline: [
      { do: "write", path: `${ROOT}/new file`, content: { size: 350, seed: 70 } },
      { do: "write", path: `${ROOT}/new folder/new file`, content: { size: 350, seed: 71 } },
      { do: "backup", disturbances: [{ when: { at: "commit", nth }, what: { do: act } }] },
      { do: "delete", path: `${ROOT}/new file` },
      { do: "delete", path: `${ROOT}/new folder` },
      BACKUP,
    ],
  }));

/** What is missing or differs on the service is sent again though it is unchanged here (F16). */
const sentAgain: fc.Arbitrary<Directed> = fc
  .tuple(fc.array(meddling, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([before, isOn]) => ({
    compareUpload: isOn,
    timeline: [
      ...before.map((one) => one as Step),
      BACKUP,
      { do: "settings", compareUpload: true },
      BACKUP,
      BACKUP,
    ],
  }));

/** Two PCs of one contract delete in their own trees, while a person works in one of them. */
const sideBySide: fc.Arbitrary<Directed> = fc.tuple(removal, meddling).map(([goes, during]) => ({
  timeline: [
    { do: "store-elsewhere", name: "theirs", size: 300 },
    { do: "backup", withNeighbour: true },
    goes,
    { do: "delete", path: SECOND },
    {
      do: "backup",
      withNeighbour: true,
      disturbances: [{ when: { at: "deletion", nth: 1 }, what: during }],
    },
  ],
}));

/** Several sources: rows wait, and whatever ends the run settles them. */
const waiting: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<Disturbance["what"] | undefined>(
      undefined,
      { do: "interrupt" },
      { do: "logout" },
      { do: "close-tool" },
      { do: "kill" },
      { do: "power-loss" },
    ),
    fc.constantFrom<Disturbance["when"]>(
      { at: "deletion", nth: 1 },
      { at: "deleted", nth: 1 },
      { at: "deletion", nth: 2 },
      { at: "list", path: "/data/写真", nth: 1 },
    ),
  )
  .map(([what, when]) => ({
    sources: [ROOT, "/data/写真", "/data/書類"],
    tree: {
      "/data/写真/a": { content: { text: "a" } },
      "/data/写真/b": { content: { text: "b" } },
      "/data/書類/c/d": { content: { text: "d" } },
    },
    timeline: [
      { do: "delete", path: TARGET },
      { do: "delete", path: "/data/写真/b" },
      { do: "backup", disturbances: what === undefined ? [] : [{ when, what }] },
      BACKUP,
    ],
  }));

/** Situations about deletions and comparisons that random search seldom brings together. */
export const DELETE_SITUATIONS: readonly DirectedGenerator[] = [
  situation("a drive that is not there", driveAway),
  situation("an emptied source", emptied),
  situation("elsewhere and not saved", outOfReach),
  situation("a device below the source is not there", deviceBelow),
  situation("a device below the source goes before the second look", deviceGoesLate),
  situation("a folder of many files is emptied", manyGone),
  situation("unread is not gone", unread),
  situation("changed is not gone", protectedThings),
  situation("a path of another kind", changedKinds),
  situation("a path of another kind for a while", kindsAndBack),
  situation("a name of another spelling", otherSpellings),
  situation("an older spelling beside a newer one", olderSpellings),
  situation("hidden is not gone", hidden),
  situation(
    "back again before the second look",
    late(
      { do: "write", path: TARGET, content: { text: "back" } },
      { do: "write", path: SECOND, content: { text: "back" } },
      { do: "make-folder", path: INNER_FOLDER },
    ),
  ),
  situation(
    "the source goes before the second look",
    late(
      { do: "remount", path: ROOT, holds: {} },
      { do: "remount", path: ROOT, holds: "same" },
      { do: "delete", path: ROOT },
      { do: "rename", path: ROOT, to: "/data/elsewhere" },
      { do: "deny", path: ROOT },
    ),
  ),
  situation("guests in the destination", guests),
  situation("someone deletes as well", meddled),
  situation("deleted in doubt and back again", comesBack),
  situation("arrived late and gone", arrivedLate),
  situation("sent again by comparison", sentAgain),
  situation("two PCs delete side by side", sideBySide),
  situation("rows that wait", waiting),
];
