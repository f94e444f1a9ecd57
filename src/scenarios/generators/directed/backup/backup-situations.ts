import * as fc from "fast-check";

import type { ExplorerAction } from "../../../scenario/explorer-action.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Disturbance, Step } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { healedArbitrary } from "./remedy-situations.ts";
import { askedPausesArbitrary } from "./asked-pauses.ts";
import { retryBudgetsArbitrary } from "./retry-budgets.ts";
import { inspectedArbitrary, proxiedArbitrary } from "./network-situations.ts";
import { swappedSource } from "./swapped-sources.ts";
import { FOLDERS_ADD_NOTHING_UP } from "./memory-cells.ts";
import { backupAgainArbitrary } from "./backups-again.ts";
import { comparedAgainArbitrary } from "./compared-again.ts";
import { lostPlaceArbitrary } from "./lost-places.ts";
import {
  directedScenario,
  LARGE,
  nameOf,
  SECOND,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

/**
 * A backup stopped in the middle of its uploads, and one that has to go on where it stopped, or start anew:
 * the file may have got another content in between, of the same size and time or not.
 */
const resumeArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 2, max: 12 }),
    fc.constantFrom<"interrupt" | "close-tool" | "kill">("interrupt", "close-tool", "kill"),
    fc.constantFrom<"request" | "commit">("request", "commit"),
    fc.integer({ min: 3, max: 6 }),
    fc.constantFrom<"write" | "write-keeping-time" | undefined>(
      undefined,
      undefined,
      "write",
      "write-keeping-time",
    ),
  )
  .map(([around, nth, act, at, appendCount, change]) => {
    const { wholeFileBytesMax = 4096, appendBytes = 4096 } = around.tuning;
    const size = wholeFileBytesMax + appendCount * appendBytes;
    const timeline: Step[] = [
      { do: "write", path: LARGE, content: { size, seed: 77 } },
      { do: "wait", ms: 5000 },
      {
        do: "backup",
        disturbances: [
          { when: { at, nth: at === "commit" ? Math.ceil(nth / 2) : nth }, what: { do: act } },
        ],
      },
      ...(change === undefined
        ? []
        : [{ do: change, path: LARGE, content: { size, seed: 78 } } as const]),
      { do: "backup" },
    ];
    return directedScenario(around, { timeline });
  });

/** Bytes that are spoiled on their way, in one direction, a few times, or those of one file each time. */
const spoiledArbitrary = (kind: "corrupt-request-body" | "wrong-digest"): fc.Arbitrary<Scenario> =>
  fc
    .tuple(
      surroundingsArbitrary(false),
      fc.constantFrom<"putFile" | "batchUpload" | "appendUpload">(
        "putFile",
        "batchUpload",
        "appendUpload",
      ),
      fc.constantFrom<1 | 2 | 3 | "forever">(1, 2, 3, "forever", "forever"),
    )
    .map(([around, operation, times]) =>
      directedScenario(around, {
        timeline: [
          {
            do: "write",
            path: TARGET,
            content: { size: times === "forever" ? 300 : 3000, seed: 5 },
          },
          { do: "write", path: LARGE, content: { size: 20_000, seed: 6 } },
          {
            do: "backup",
            faults: {
              storage: [
                times === "forever"
                  ? {
                      kind,
                      times,
                      path: `**/${nameOf(TARGET)}`,
                    }
                  : { kind, operation, times },
              ],
            },
          },
        ],
      }),
    );

/** What a file of some size may come to: as much again, more or less. */
function otherSize(size: number): fc.Arbitrary<number> {
  return fc.constantFrom(size, Math.ceil(size * 1.5), Math.ceil(size / 2), 1);
}

/** A file that changes in the middle of some of its readings, fewer than it is tried again. */
const unsteadyArbitrary = (size: number): fc.Arbitrary<Scenario> =>
  fc
    .tuple(
      surroundingsArbitrary(false),
      fc.boolean(),
      fc.constantFrom<"write" | "write-keeping-time">("write", "write-keeping-time"),
      fc.integer({ min: 2, max: 4 }),
      fc.tuple(otherSize(size), otherSize(size)),
    )
    .map(([around, isTwice, act, first, sizes]) => {
      const count = isTwice && (around.tuning.unstableFileRetryCount ?? 3) > 1 ? 2 : 1;
      const timeline: Step[] = [
        { do: "write", path: TARGET, content: { size, seed: 5 } },
        { do: "write", path: SECOND, content: { size: 200, seed: 6 } },
        { do: "wait", ms: 5000 },
        {
          do: "backup",
          disturbances: Array.from({ length: count }, (_, index) => ({
            // Not before the first byte: that would be another file, but a whole one.
            when: { at: "read" as const, path: TARGET, nth: first + index * READS_OF_A_TRY },
            what: {
              do: act,
              path: TARGET,
              content: { size: sizes[index] ?? size, seed: 100 + index },
            },
          })),
        },
      ];
      // Even a small file takes several readings.
      return directedScenario(around, { readBytesMax: Math.ceil(size / READS_OF_A_TRY), timeline });
    });

/** How many readings a whole file takes there. */
const READS_OF_A_TRY = 5;

/** Two PCs of one contract back the same folder up at the same time, while a person works there too. */
const neighbourArbitrary: fc.Arbitrary<Scenario> = surroundingsArbitrary(false).map((around) =>
  directedScenario(around, {
    timeline: [
      { do: "store-elsewhere", name: "theirs", size: 300 },
      {
        do: "backup",
        withNeighbour: true,
        disturbances: [
          {
            when: { at: "request", nth: 4 },
            what: { do: "store-elsewhere", name: "theirs too", size: 200 },
          },
        ],
      },
      { do: "write", path: TARGET, content: { size: 350, seed: 9 } },
      { do: "backup", withNeighbour: true },
    ],
  }),
);

/**
 * The sessions of the account end before or during a job, with the password changed elsewhere or as it
 * was; then somebody logs in, and what was left is backed up.
 */
const endedSessionArbitrary = (
  act: "change-service-password" | "end-sessions",
  before: readonly Step[] = [],
): fc.Arbitrary<Scenario> =>
  fc
    .tuple(
      surroundingsArbitrary(false),
      fc.option(fc.integer({ min: 1, max: 6 }), { nil: null }),
      fc.constantFrom<"backup" | "deletion" | "restore">("backup", "deletion", "restore"),
    )
    .map(([around, nth, during]) => {
      const disturbances: Disturbance[] =
        nth === null ? [] : [{ when: { at: "request", nth }, what: { do: act } }];
      const job: Step =
        during === "restore"
          ? { do: "restore", from: { source: 0 }, to: "/restored", disturbances }
          : { do: "backup", disturbances };
      const changes: Step[] =
        during === "deletion"
          ? [{ do: "delete", path: TARGET }]
          : [
              { do: "write", path: TARGET, content: { size: 300, seed: 91 } },
              { do: "write", path: SECOND, content: { size: 300, seed: 92 } },
            ];
      return directedScenario(around, {
        ...(during === "deletion" ? { compareDelete: true } : {}),
        timeline: [
          { do: "backup" },
          ...changes,
          ...before,
          ...(nth === null ? [{ do: act }] : []),
          job,
          { do: "login" },
          { do: "backup" },
        ],
      });
    });

/** What makes the destination folder another one, or the service an older one (D18). */
const ANOTHER_PLACE: readonly (readonly ExplorerAction[])[] = [
  [
    { do: "delete-destination", source: 0 },
    { do: "make-destination", source: 0 },
  ],
  [
    { do: "rename-destination", source: 0 },
    { do: "make-destination", source: 0 },
  ],
  [
    { do: "delete-destination", source: 0, level: "device" },
    { do: "make-destination", source: 0 },
  ],
  [
    { do: "rename-destination", source: 0, level: "administrator" },
    { do: "make-destination", source: 0 },
  ],
  [{ do: "restore-service" }],
  [{ do: "change-contract" }, { do: "make-destination", source: 0 }],
  [{ do: "restore-service" }, { do: "make-destination", source: 0 }],
];

/**
 * Everything is on the service, some of it since the operator kept a state; then the place is another or an
 * older one, and what the agent remembers of it is not true any more.
 */
const anotherPlaceArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom(...ANOTHER_PLACE),
    fc.constantFrom<"first" | "between" | "never">("first", "between", "never"),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([around, acts, kept, isDeleted, compareDelete]) =>
    directedScenario(around, {
      timeline: [
        { do: "settings", compareDelete },
        ...(kept === "first" ? [{ do: "save-service" as const }] : []),
        { do: "backup" },
        ...(kept === "between" ? [{ do: "save-service" as const }] : []),
        { do: "write", path: TARGET, content: { size: 350, seed: 9 } },
        { do: "write", path: LARGE, content: { size: 20_000, seed: 10 } },
        { do: "wait", ms: 5000 },
        { do: "backup" },
        ...acts,
        ...(isDeleted ? [{ do: "delete" as const, path: SECOND }] : []),
        { do: "backup" },
        { do: "backup" },
      ],
    }),
  );

const littleMemoryArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(surroundingsArbitrary(false), FOLDERS_ADD_NOTHING_UP)
  .map(([around, directed]) => directedScenario(around, directed));

function situation(name: string, arbitrary: fc.Arbitrary<Scenario>): DirectedGenerator {
  return { name, topic: "backup", arbitrary };
}

/** Situations about backups that random search seldom brings together. */
export const BACKUP_SITUATIONS: readonly DirectedGenerator[] = [
  situation("resume", resumeArbitrary),
  situation("spoiled requests", spoiledArbitrary("corrupt-request-body")),
  situation("spoiled answers", spoiledArbitrary("wrong-digest")),
  situation("unsteady small file", unsteadyArbitrary(300)),
  situation("unsteady large file", unsteadyArbitrary(20_000)),
  situation("neighbour", neighbourArbitrary),
  situation("pauses that the service asks for", askedPausesArbitrary),
  situation("retry budgets that begin anew", retryBudgetsArbitrary),
  situation("through a proxy", proxiedArbitrary),
  situation("inspected TLS", inspectedArbitrary),
  situation("what one is told to do", healedArbitrary),
  situation("password changed elsewhere", endedSessionArbitrary("change-service-password")),
  situation("session that ends", endedSessionArbitrary("end-sessions")),
  situation(
    "session that ends after wrong passwords elsewhere",
    endedSessionArbitrary("end-sessions", [{ do: "login-wrong", times: 3 }]),
  ),

  situation("another place", anotherPlaceArbitrary),
  situation("a backup done again under other settings", backupAgainArbitrary),
  situation("compared again with what others changed", comparedAgainArbitrary),
  situation("the place goes among files that are unchanged", lostPlaceArbitrary),
  situation("many folders and little memory", littleMemoryArbitrary),
  situation("a source whose folder is swapped for a link", swappedSource),
];
