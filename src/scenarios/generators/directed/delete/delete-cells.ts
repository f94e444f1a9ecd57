import * as fc from "fast-check";

import type { DeleteCauseId } from "../../../../protocol/causes/causes.ts";
import {
  FOREIGN_ANSWER_NAMES,
  type ForeignAnswerName,
} from "../../../../sim-server/faults/foreign-answers.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { BackupStep, Disturbance, Step } from "../../../scenario/step.ts";
import { always, cellGenerators, underFaults } from "../cell-generators.ts";
import { LASTING } from "../exchange-faults.ts";
import {
  directedScenario,
  INNER_FOLDER,
  nameOf,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
  type Directed,
} from "../directed-scenario.ts";

/** A second source, for rows that wait. */
const OTHER = "/data/写真";

const BACKUP: BackupStep = { do: "backup" };
const DELETE_TARGET: Step = { do: "delete", path: TARGET };
const DELETE_SECOND: Step = { do: "delete", path: SECOND };

/** Ways in which something goes from the PC for good. */
export const REMOVALS: readonly Step[] = [
  DELETE_TARGET,
  { do: "delete", path: INNER_FOLDER },
  { do: "rename", path: TARGET, to: `${ROOT}/another name` },
  { do: "rename", path: INNER_FOLDER, to: `${ROOT}/another folder` },
  { do: "rename", path: SECOND, to: "/data/moved out" },
];

/** A backup after one or two files went, under any of these faults. */
function deletionUnder(...all: RunFaults[]): fc.Arbitrary<Directed> {
  return underFaults(
    fc
      .boolean()
      .map((both) => (faults) => [
        DELETE_TARGET,
        ...(both ? [DELETE_SECOND] : []),
        { do: "backup", faults },
      ]),
    all,
  );
}

/** Two files went; something happens as the deletion begins or between the two. */
function disturbed(...all: Disturbance["what"][]): fc.Arbitrary<Directed> {
  return fc
    .tuple(
      fc.constantFrom(...all),
      fc.constantFrom<Disturbance["when"]>(
        { at: "deletion", nth: 1 },
        { at: "deleted", nth: 1 },
        { at: "stat", path: SECOND, nth: 1 },
      ),
    )
    .map(([what, when]) => ({
      timeline: [DELETE_TARGET, DELETE_SECOND, { do: "backup", disturbances: [{ when, what }] }],
    }));
}

/** Someone ends the run as its deletion begins: later, it may be done before it hears of that. */
function stoppedAtOnce(what: Disturbance["what"]): fc.Arbitrary<Directed> {
  return always(DELETE_TARGET, DELETE_SECOND, {
    do: "backup",
    disturbances: [{ when: { at: "deletion", nth: 1 }, what }],
  });
}

/** Two sources, of which the first has something to delete. */
function twoSources(step: BackupStep): fc.Arbitrary<Directed> {
  return fc.boolean().map((bothDelete) => ({
    sources: [ROOT, OTHER],
    tree: {
      [`${OTHER}/a`]: { content: { text: "a" } },
      [`${OTHER}/b`]: { content: { text: "b" } },
    },
    timeline: [
      DELETE_TARGET,
      ...(bothDelete ? [{ do: "delete" as const, path: `${OTHER}/b` }] : []),
      step,
    ],
  }));
}

const DELETIONS = {
  operation: ["deleteFile", "deleteFolder"],
  times: "forever",
} as const;

function atDeletions(
  fault:
    | { kind: "foreign"; answer: ForeignAnswerName }
    | {
        kind:
          | "reset"
          | "reset-after-commit"
          | "never-answer"
          | "never-answer-after-commit"
          | "corrupt-response"
          | "unknown-answer"
          | "block-page";
      },
): RunFaults {
  return { storage: [{ ...DELETIONS, operation: [...DELETIONS.operation], ...fault }] };
}

function refused(status: number): RunFaults {
  return {
    storage: [{ ...DELETIONS, operation: [...DELETIONS.operation], kind: "status", status }],
  };
}

function outage(kind: "unreachable" | "unresolved" | "silent"): RunFaults {
  return { outage: { kind, from: "deletion", afterMs: 0, forMs: "forever" } };
}

/** A person looks at the history while the first of its deletions is at work. */
const LOOKED_AT: BackupStep = {
  do: "backup",
  disturbances: [{ when: { at: "deletion", nth: 1 }, what: { do: "look" } }],
};

/** For every cause of a delete job, what makes it happen for sure, in any harmless surroundings. */
const CAUSES: Readonly<Record<DeleteCauseId, fc.Arbitrary<Directed>>> = {
  "DEL-OK-1": fc.constantFrom(...REMOVALS).map((removal) => ({ timeline: [removal, BACKUP] })),
  "DEL-OK-2": always(BACKUP),
  "DEL-RUN-1": always(LOOKED_AT),
  "DEL-WT-1": twoSources(LOOKED_AT),
  "DEL-NR-1": fc.oneof(
    ...[ROOT, ROOT.slice(0, ROOT.lastIndexOf("/"))].map((path) =>
      always(DELETE_TARGET, { do: "deny", path }, BACKUP),
    ),
    always(DELETE_TARGET, { do: "delete-destination", source: 0 }, BACKUP),
    deletionUnder(
      ...LASTING.unavailable,
      { memory: { activity: "scan", nth: 1 } },
      { outage: { kind: "unreachable", afterMs: 0, forMs: "forever" } },
    ),
  ),
  "DEL-NR-2": fc
    .constantFrom<Disturbance["what"]>({ do: "close-tool" }, { do: "kill" }, { do: "power-loss" })
    .chain((what) =>
      twoSources({
        do: "backup",
        disturbances: [{ when: { at: "deletion", nth: 1 }, what }],
      }),
    ),
  "DEL-NR-3": fc
    .constantFrom<Step>(
      { do: "empty", path: ROOT },
      { do: "remount", path: ROOT, holds: "same" },
      { do: "remount", path: ROOT, holds: {} },
      { do: "remount", path: ROOT, holds: { "other file": { text: "another disk" } } },
    )
    .map((change) => ({ timeline: [DELETE_TARGET, change, BACKUP] })),
  "DEL-CE-1": deletionUnder(outage("unreachable")),
  "DEL-CE-2": deletionUnder(outage("unresolved")),
  "DEL-CE-3": deletionUnder(
    atDeletions({ kind: "reset" }),
    atDeletions({ kind: "reset-after-commit" }),
  ),
  "DEL-CE-4": deletionUnder(
    outage("silent"),
    atDeletions({ kind: "never-answer" }),
    atDeletions({ kind: "never-answer-after-commit" }),
  ),
  "DEL-CE-5": deletionUnder(refused(500), refused(503), refused(429)),
  "DEL-CE-6": deletionUnder(
    atDeletions({ kind: "corrupt-response" }),
    atDeletions({ kind: "unknown-answer" }),
    atDeletions({ kind: "block-page" }),
    ...FOREIGN_ANSWER_NAMES.filter((answer) => answer !== "bad-gateway-page").map((answer) =>
      atDeletions({ kind: "foreign", answer }),
    ),
  ),
  "DEL-OM-1": deletionUnder({ memory: { activity: "delete", nth: 1 } }),
  "DEL-INT-1": stoppedAtOnce({ do: "interrupt" }),
  "DEL-INT-2": stoppedAtOnce({ do: "logout" }),
  "DEL-NF-1": always({ do: "delete-file", source: 0, path: nameOf(TARGET) }, DELETE_TARGET, BACKUP),
  "DEL-UX-1": disturbed({ do: "kill" }),
  "DEL-UX-2": disturbed({ do: "power-loss" }),
  "DEL-UX-3": always(
    { do: "delete-file", source: 0, path: nameOf(TARGET) },
    DELETE_TARGET,
    DELETE_SECOND,
    {
      do: "backup",
      faults: {
        storage: [
          {
            kind: "status",
            status: 403,
            operation: ["deleteFile", "deleteFolder"],
            times: "forever",
            path: `**/${nameOf(SECOND)}`,
          },
        ],
      },
    },
  ),
  "DEL-UX-4": deletionUnder(refused(403)),
};

/** The cells of deletions. */
export const DELETE_CELLS = cellGenerators<DeleteCauseId>({
  all: CAUSES,
  afterRetry: {
    // Not all that is answered in place of the service is worth another try.
    "DEL-CE-6": deletionUnder(atDeletions({ kind: "foreign", answer: "cut-json" })),
    "DEL-OK-1": deletionUnder({
      storage: [
        { kind: "status", status: 503, operation: [...DELETIONS.operation], nth: 1, times: 2 },
      ],
    }),
  },
  scenario: (directed, phase) =>
    fc
      .tuple(surroundingsArbitrary(phase === "after-restart"), directed)
      .map(([around, { timeline, ...rest }]) =>
        // Everything is on the service first, and nothing on the disk is fresh any more.
        directedScenario(around, {
          compareDelete: true,
          ...rest,
          before: [BACKUP, { do: "wait", ms: 5000 }],
          timeline,
        }),
      ),
});
