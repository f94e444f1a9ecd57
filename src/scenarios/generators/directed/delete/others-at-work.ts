import * as fc from "fast-check";

import type { BackupStep, Disturbance, Step } from "../../../scenario/step.ts";
import {
  INNER,
  INNER_FOLDER,
  nameOf,
  ROOT,
  SECOND,
  TARGET,
  type Directed,
} from "../directed-scenario.ts";
import { BACKUP, lateMoment, removal } from "./delete-situation-parts.ts";

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

/**
 * Another folder takes the place of the destination right before something is deleted there, and somebody puts files of
 * the same names into it.
 */
const placeTaken: fc.Arbitrary<Directed> = fc
  .tuple(
    fc.constantFrom<readonly Disturbance["what"][]>(
      [{ do: "rename-destination", source: 0 }],
      [{ do: "delete-destination", source: 0 }],
      [{ do: "rename-destination", source: 0, level: "device" }],
    ),
    fc.constantFrom<Disturbance["when"]>({ at: "deletion", nth: 1 }, { at: "deleted", nth: 1 }),
  )
  .map(([loss, when]) => {
    const gone = [TARGET, SECOND, INNER];
    const putAgain = gone.map((path): Disturbance["what"] => ({
      do: "put-file",
      source: 0,
      path: nameOf(path),
      content: { text: "not theirs to delete" },
    }));
    const acts = [...loss, { do: "make-destination", source: 0 } as const, ...putAgain];
    return {
      timeline: [
        ...gone.map((path): Step => ({ do: "delete", path })),
        { ...BACKUP, disturbances: acts.map((what) => ({ when, what })) },
      ],
    };
  });

/** Ways in which what was deleted is not heard of; the next try finds nothing. */
const UNHEARD = [
  "reset-after-commit",
  "never-answer-after-commit",
  "truncate-response",
  "reset-response",
  "corrupt-response",
] as const;

/** What becomes of a try between the one whose answer was lost and the one that finds nothing there. */
const IN_BETWEEN = [undefined, { kind: "status", status: 503 }, { kind: "reset" }] as const;

/** Deletions that are carried out, each of whose answers is lost in another way, and tried again, at once or not. */
const unheard: fc.Arbitrary<Directed> = fc
  .tuple(fc.constantFrom(1 as const, 2 as const), fc.constantFrom(...IN_BETWEEN))
  .map(([times, between]) => {
    const lost = UNHEARD.map((kind) => ({
      kind,
      operation: "deleteFile" as const,
      path: `**/${kind}`,
    }));
    const ofFolder = {
      kind: UNHEARD[times],
      operation: "deleteFolder" as const,
      path: `**/${nameOf(INNER_FOLDER)}`,
    };
    const all = [...lost, ofFolder];
    return {
      tree: Object.fromEntries(
        UNHEARD.map((kind, at) => [`${ROOT}/${kind}`, { content: { size: 100, seed: at } }]),
      ),
      timeline: [
        ...UNHEARD.map((kind): Step => ({ do: "delete", path: `${ROOT}/${kind}` })),
        { do: "delete", path: INNER_FOLDER },
        {
          ...BACKUP,
          faults: {
            storage: [
              ...all.map((fault) => ({ ...fault, nth: 1, times })),
              ...(between === undefined
                ? []
                : all.map((fault) => ({ ...fault, ...between, nth: 1 + times }))),
            ],
          },
        },
      ],
    };
  });

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

/** Situations in which somebody else changes what is on the service, or something cuts a run off. */
export const OTHERS_AT_WORK = {
  guests,
  meddled,
  placeTaken,
  comesBack,
  arrivedLate,
  sentAgain,
  unheard,
  sideBySide,
  waiting,
} as const satisfies Readonly<Record<string, fc.Arbitrary<Directed>>>;
