import * as fc from "fast-check";

import type { Content } from "../data/content.ts";
import type { Moment } from "../data/moment.ts";
import type { RunFaults } from "../data/run-faults.ts";
import type { Disturbance, RestoreStep, Step, Stop } from "../data/step.ts";
import type { Tree } from "../data/tree-node.ts";
import { HOSTILE_ENTRIES } from "../../sim-server/storage/faults/hostile-listing.ts";
import type { Aim } from "./aim.ts";
import {
  RESTORED_TO,
  restoreMoment,
  restoreScenario,
  restoring,
  TARGET_NAME,
} from "./directed-restores.ts";
import { directedScenario, ROOT, surroundingsArbitrary, TARGET } from "./surroundings.ts";

const LARGE_NAME = "large file";
const LARGE = `${ROOT}/${LARGE_NAME}`;

const onConflict = fc.constantFrom<NonNullable<RestoreStep["onConflict"]>>(
  "overwrite",
  "keep-both",
  "skip",
);

/** A large file as well, so that a restore takes several pieces. */
const withLargeFile: readonly Step[] = [
  { do: "write", path: LARGE, content: { size: 150_000, seed: 77 } },
  { do: "backup" },
];

/** A process that ends at any call of a restore, and the next restore into the same folder. */
const cutArbitrary = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<Stop["do"]>("kill", "power-loss", "close-tool", "logout"),
      restoreMoment,
      onConflict,
      fc.boolean(),
      // Rows are written together after a second: what they say must be as durable as they are.
      fc.constantFrom<RunFaults>(
        {},
        { storage: [{ kind: "delay", operation: "getFile", delayMs: 1200, times: "forever" }] },
      ),
    )
    .map(([act, when, choice, isOver, faults]) => {
      const tree: Tree = isOver
        ? { [`${RESTORED_TO}/${TARGET_NAME}`]: { content: { size: 500, seed: 50 } } }
        : {};
      const again: Step[] = act === "logout" ? [{ do: "login" }] : [];
      return {
        tree,
        steps: [
          ...withLargeFile,
          restoring({ onConflict: choice, faults, disturbances: [{ when, what: { do: act } }] }),
          ...again,
          restoring({ onConflict: choice }),
        ],
      };
    }),
);

/** The power fails when some files have their names already and others are being written. */
const powerArbitrary = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<Moment["at"]>("sync", "create", "put-in-place", "set-times"),
      fc.integer({ min: 3, max: 9 }),
      onConflict,
    )
    .map(([at, nth, choice]) => ({
      // Several folders, so that the names of one are durable before the files of the next are there.
      tree: Object.fromEntries(
        ["a", "b", "c"].map((name) => [
          `${ROOT}/${name}/file`,
          { content: { size: 200, seed: 60 } },
        ]),
      ),
      steps: [
        restoring({
          onConflict: choice,
          disturbances: [{ when: { at, nth } as Moment, what: { do: "power-loss" } }],
        }),
        restoring({ onConflict: choice }),
      ],
    })),
);

/** Content that is spoiled on its way once or twice, and whose answer looks whole all the same. */
const spoiledArbitrary = restoreScenario(
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), onConflict)
    .map(([nth, times, choice]) => ({
      steps: [
        ...withLargeFile,
        restoring({
          onConflict: choice,
          faults: {
            storage: [
              { kind: "corrupt-response", resealed: true, operation: "getFile", nth, times },
            ],
          },
        }),
      ],
    })),
);

/** What stands where files are restored to: other bytes, other times, the same file, other kinds. */
const conflictArbitrary = restoreScenario(
  fc
    .tuple(
      onConflict,
      fc.constantFrom<Content>({ size: 100, seed: 1 }, { size: 0, seed: 0 }, { text: "x" }),
      fc.constantFrom("file", "folder", "link", "numbered", "inner"),
    )
    .map(([choice, content, kind]) => {
      const at = `${RESTORED_TO}/${TARGET_NAME}`;
      const trees: Readonly<Record<typeof kind, Tree>> = {
        file: { [at]: { content } },
        folder: { [`${at}/inside`]: { content } },
        link: { [RESTORED_TO]: null, [at]: { kind: "symbolic-link", to: `${RESTORED_TO}/other` } },
        numbered: { [at]: { content }, [`${at} (2)`]: { content } },
        inner: { [`${RESTORED_TO}/inner`]: { content } },
      };
      return { tree: trees[kind], steps: [restoring({ onConflict: choice })] };
    }),
);

/** Generations of one file, and a restore of one of them. */
const generationArbitrary = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 2, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    onConflict,
  )
  .map(([around, count, generation, choice]) => {
    const from = { source: 0, path: TARGET_NAME, entryKind: "file" } as const;
    return directedScenario(around, {
      timeline: [
        ...Array.from({ length: count }, (_, index): Step[] => [
          { do: "write", path: TARGET, content: { size: 300 + index, seed: 40 + index } },
          { do: "backup" },
        ]).flat(),
        restoring({ from, generation, onConflict: choice }),
        restoring({ from, onConflict: choice }),
      ],
    });
  });

/** Listings that no honest service gives, and a service that has the files they name. */
const hostileArbitrary = restoreScenario(
  fc
    .tuple(
      fc.subarray([...HOSTILE_ENTRIES], { minLength: 1 }),
      fc.constantFrom<Tree>({}, { "/data/outside": { content: { text: "theirs" } } }),
    )
    .map(([entries, tree]) => ({
      tree,
      steps: [
        restoring({
          onConflict: "overwrite",
          faults: {
            storage: [
              { kind: "hostile-listing", operation: "getFolder", times: "forever", entries },
              ...FALSE_PLACES.map((path) => ({
                kind: "false-file" as const,
                operation: "getFile" as const,
                path,
                times: "forever" as const,
              })),
            ],
          },
        }),
      ],
    })),
);

/** Where the files of hostile entries are asked for. */
const FALSE_PLACES = ["**outside", "**/link"] as const;

const endlessArbitrary = restoreScenario(
  fc.constantFrom<"forever" | number>("forever", 1, 3).map((times) => ({
    steps: [
      restoring({
        faults: { storage: [{ kind: "endless-listing", operation: "getFolder", times }] },
      }),
    ],
  })),
);

/** Answers that are not tried again: of something in between, or of nothing the contract knows. */
const falseAnswerArbitrary = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"block-page" | "unknown-answer">("block-page", "unknown-answer"),
      fc.constantFrom<{ path?: string; operation?: "getFile" | "getFolder" }>(
        {},
        { operation: "getFolder" },
        { operation: "getFile" },
        { operation: "getFile", path: `**/${TARGET_NAME}` },
      ),
    )
    .map(([kind, where]) => ({
      steps: [restoring({ faults: { storage: [{ kind, times: "forever", ...where }] } })],
    })),
);

/** The service cannot show that it is the service. */
const tlsArbitrary = restoreScenario(
  fc.constant({
    secure: true,
    steps: [
      restoring({
        faults: {
          network: [
            {
              at: "connect",
              nth: 1,
              times: "forever",
              kind: "tls-failure",
              code: "DEPTH_ZERO_SELF_SIGNED_CERT",
            },
          ],
        },
      }),
    ],
  }),
);

/** Downloads that break off within a file, and go on where they stopped. */
const resumeArbitrary = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"reset-response" | "truncate-response">(
        "reset-response",
        "truncate-response",
      ),
      fc.integer({ min: 1, max: 149_999 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([kind, afterBytes, times]) => ({
      steps: [
        ...withLargeFile,
        restoring({
          faults: {
            storage: [{ kind, operation: "getFile", path: `**/${LARGE_NAME}`, times, afterBytes }],
          },
        }),
      ],
    })),
);

/** A download breaks off, and before it goes on the file gets a new generation, is renamed or deleted. */
const replacedArbitrary = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"replace-file" | "delete-file" | "rename-file">(
        "replace-file",
        "replace-file",
        "delete-file",
        "rename-file",
      ),
      fc.integer({ min: 1, max: 149_999 }),
      fc.integer({ min: 100_000, max: 200_000 }),
      // A single file is asked about first; the third request goes on where the second broke off.
      fc.oneof(
        fc.constant({ nth: 3, from: { source: 0, path: LARGE_NAME, entryKind: "file" } as const }),
        fc.integer({ min: 2, max: 8 }).map((nth) => ({ nth, from: { source: 0 } })),
      ),
    )
    .map(([act, afterBytes, size, { nth, from }]) => {
      const place = { source: 0, path: LARGE_NAME };
      const what: Disturbance["what"] =
        act === "replace-file"
          ? { do: act, ...place, content: { size, seed: 78 } }
          : act === "rename-file"
            ? { do: act, ...place, to: "renamed by somebody" }
            : { do: act, ...place };
      return {
        steps: [
          ...withLargeFile,
          restoring({
            from,
            disturbances: [{ when: { at: "request", nth }, what }],
            faults: {
              storage: [
                {
                  kind: "reset-response",
                  operation: "getFile",
                  path: `**/${LARGE_NAME}`,
                  afterBytes,
                },
              ],
            },
          }),
          // What was changed there is sent again, so that both sides agree in the end.
          { do: "write", path: LARGE, content: { size: 900, seed: 79 } },
        ],
      };
    }),
);

/** A download breaks off, and the request that goes on meets a new generation. */
const outdatedArbitrary = restoreScenario(
  fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 100_000, max: 200_000 }))
    .map(([afterBytes, size]) => ({
      steps: [
        ...withLargeFile,
        restoring({
          from: { source: 0, path: LARGE_NAME, entryKind: "file" },
          disturbances: [
            {
              // The file is asked about first, and the second request breaks off.
              when: { at: "request", nth: 3 },
              what: {
                do: "replace-file",
                source: 0,
                path: LARGE_NAME,
                content: { size, seed: 78 },
              },
            },
          ],
          faults: { storage: [{ kind: "reset-response", operation: "getFile", afterBytes }] },
        }),
        { do: "write", path: LARGE, content: { size: 900, seed: 79 } },
      ],
    })),
);

/** Somebody works in the folder while it is restored to. */
const meddlingArbitrary = restoreScenario(
  fc.tuple(restoreMoment, fc.nat({ max: 11 }), onConflict).map(([when, which, choice]) => ({
    steps: [
      ...withLargeFile,
      restoring({
        onConflict: choice,
        disturbances: [{ when, what: MEDDLING[which % MEDDLING.length] ?? { do: "kill" } }],
      }),
    ],
  })),
);

const AT_TARGET = `${RESTORED_TO}/${TARGET_NAME}`;
const AT_INNER = `${RESTORED_TO}/inner`;

const MEDDLING: readonly Disturbance["what"][] = [
  { do: "delete", path: RESTORED_TO },
  { do: "rename", path: RESTORED_TO, to: "/restored/renamed" },
  { do: "deny", path: RESTORED_TO },
  { do: "make-read-only", path: RESTORED_TO },
  { do: "write", path: AT_TARGET, content: { text: "somebody else's" } },
  { do: "make-folder", path: AT_TARGET },
  { do: "make-link", path: AT_INNER, to: "/data" },
  { do: "delete", path: AT_INNER },
  { do: "deny", path: AT_INNER },
  { do: "delete", path: AT_TARGET },
  { do: "lock", path: AT_TARGET },
  { do: "rename", path: AT_INNER, to: `${RESTORED_TO}/moved` },
];

/** A folder on the way becomes a link right when it was made. */
const linkedArbitrary = restoreScenario(
  fc
    .tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom<Moment["at"]>("create", "write", "request", "put-in-place"),
    )
    .map(([nth, at]) => ({
      tree: { [RESTORED_TO]: null },
      steps: [
        restoring({
          onConflict: "overwrite",
          disturbances: [
            { when: { at, nth } as Moment, what: { do: "delete", path: AT_INNER } },
            { when: { at, nth } as Moment, what: { do: "make-link", path: AT_INNER, to: "/data" } },
          ],
        }),
      ],
    })),
);

/** A restore while a second PC backs up and a person stores files. */
const neighbourArbitrary = restoreScenario(
  fc.integer({ min: 1, max: 6 }).map((nth) => ({
    steps: [
      restoring({
        withNeighbour: true,
        disturbances: [
          {
            when: { at: "request", nth },
            what: { do: "store-elsewhere", name: "theirs", size: 90 },
          },
        ],
      }),
    ],
  })),
);

/** The PC's disk is lost: everything comes back from the service. */
const lossArbitrary = restoreScenario(
  fc.constantFrom<Step>({ do: "delete", path: ROOT }, { do: "empty", path: ROOT }).map((loss) => ({
    steps: [...withLargeFile, loss, restoring()],
  })),
);

/** What restores are aimed at beside the declared cells. */
export function restoreAims(): readonly Aim[] {
  const all = [
    { name: "restore cut off", arbitrary: cutArbitrary },
    { name: "restore that loses its power", arbitrary: powerArbitrary },
    { name: "restore of spoiled bytes", arbitrary: spoiledArbitrary },
    { name: "restore into conflicts", arbitrary: conflictArbitrary },
    { name: "restore of generations", arbitrary: generationArbitrary },
    { name: "restore from a hostile listing", arbitrary: hostileArbitrary },
    { name: "restore from an endless listing", arbitrary: endlessArbitrary },
    { name: "restore with false answers", arbitrary: falseAnswerArbitrary },
    { name: "restore without TLS", arbitrary: tlsArbitrary },
    { name: "restore resumed", arbitrary: resumeArbitrary },
    { name: "restore of a file that is replaced", arbitrary: replacedArbitrary },
    { name: "restore that goes on with another generation", arbitrary: outdatedArbitrary },
    { name: "restore into a busy folder", arbitrary: meddlingArbitrary },
    { name: "restore into a folder that becomes a link", arbitrary: linkedArbitrary },
    { name: "restore beside a neighbour", arbitrary: neighbourArbitrary },
    { name: "restore after a loss", arbitrary: lossArbitrary },
  ];
  return all.map((aim) => ({ ...aim, topic: "restore" }));
}
