import * as fc from "fast-check";

import type { RestoreStep, Step } from "../../../scenario/step.ts";
import { respelled } from "../../names.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { INNER, INNER_FOLDER, ROOT, SECOND, TARGET, type Directed } from "../directed-scenario.ts";
import { BACKUP, lateMoment } from "./delete-situation-parts.ts";

const DEEP_FOLDER = `${INNER_FOLDER}/deep/deeper`;

const changedKind = fc.tuple(
  fc.constantFrom(TARGET, SECOND, INNER_FOLDER, INNER, DEEP_FOLDER, `${DEEP_FOLDER}/file`),
  fc.constantFrom("file", "folder", "symbolic-link", "socket"),
);

/**
 * A path gets another kind, at any depth, before a backup or after its scan: what stood there is gone
 * (D21), and a restore into an empty folder gives what the PC has.
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

/** Several of them, so that the two of a pair are put in their place side by side. */
const PAIRS = [1, 2, 3, 4, 5, 6].map((number) => ({
  upper: `${INNER_FOLDER}/${number} PAIR`,
  lower: `${INNER_FOLDER}/${number} pair`,
  seed: 60 + number,
}));

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
    tree: {
      [UPPER]: { content: { size: 60, seed: 5 } },
      ...Object.fromEntries(
        PAIRS.map(({ upper, seed }) => [upper, { content: { size: 60, seed } }]),
      ),
    },
    timeline: [
      { do: "rename", path: UPPER, to: `${INNER_FOLDER}/upper.txt` },
      { do: "write", path: UPPER, content: { text: "the newest version" } },
      ...PAIRS.map(({ upper, lower }) => ({ do: "rename" as const, path: upper, to: lower })),
      ...PAIRS.map(({ lower, seed }) => {
        return { do: "write" as const, path: lower, content: { size: 61, seed: seed + 100 } };
      }),
      BACKUP,
      { do: "restore", from: { source: 0 }, to: "/restored/here", onConflict },
    ],
  }));

/**
 * The same of a folder that holds something else by then: two on the service, one on the disk. A restore gives it the
 * time and the mode that it has on the PC, also when a file of its older spelling is the last to come.
 */
const olderFolders: fc.Arbitrary<Directed> = fc
  .record({
    disk: fc.constantFrom<Scenario["disk"]>("windows", "macos"),
    onConflict: fc.constantFrom<RestoreStep["onConflict"]>("skip", "overwrite", "keep-both"),
    isNewFirst: fc.boolean(),
    isLate: fc.boolean(),
  })
  .map(({ disk, onConflict, isNewFirst, isLate }) => {
    const [upper, lower] = [`${ROOT}/!BOX`, `${ROOT}/!box`];
    const [from, to] = isNewFirst ? [lower, upper] : [upper, lower];
    return {
      disk,
      compareDelete: false,
      tree: {
        [`${from}/goes`]: { content: { size: 60, seed: 6 } },
        [`${from}/stays`]: { content: { size: 60, seed: 7 } },
      },
      timeline: [
        { do: "wait", ms: 5000 },
        { do: "rename", path: from, to },
        { do: "delete", path: `${to}/goes` },
        { do: "write", path: `${to}/comes`, content: { text: "the newest" } },
        { do: "chmod", path: to, mode: "0750" },
        BACKUP,
        {
          do: "restore",
          from: { source: 0 },
          to: "/restored/here",
          onConflict,
          ...(isLate && {
            faults: { storage: [{ kind: "status", operation: "getFile", nth: 1, status: 503 }] },
          }),
        },
      ],
    };
  });

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

/** Situations in which a path gets another kind, or a name another spelling. */
export const OTHER_KINDS_AND_SPELLINGS = {
  changedKinds,
  otherSpellings,
  olderSpellings,
  olderFolders,
  kindsAndBack,
} as const satisfies Readonly<Record<string, fc.Arbitrary<Directed>>>;
