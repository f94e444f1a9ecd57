import * as fc from "fast-check";

import type { CauseId, DeleteCauseId } from "../../../protocol/cause.ts";
import type { DECLARED_CELLS } from "../../coverage/declared-cells.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { BackupStep, Disturbance, Step } from "../../scenario/step.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import {
  directedScenario,
  INNER_FOLDER,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
  type Directed,
} from "../surroundings.ts";

/** Causes that have cells now. */
type DirectedDeleteCause = {
  [C in DeleteCauseId]: (typeof DECLARED_CELLS)[C] extends "later" ? never : C;
}[DeleteCauseId];

/** A second source, for rows that wait. */
const OTHER = "/data/写真";

const BACKUP: BackupStep = { do: "backup" };
const TARGET_GOES: Step = { do: "delete", path: TARGET };
const SECOND_GOES: Step = { do: "delete", path: SECOND };

/** Ways in which something goes from the PC for good. */
export const GOINGS: readonly Step[] = [
  TARGET_GOES,
  { do: "delete", path: INNER_FOLDER },
  { do: "rename", path: TARGET, to: `${ROOT}/another name` },
  { do: "rename", path: INNER_FOLDER, to: `${ROOT}/another folder` },
  { do: "rename", path: SECOND, to: "/data/moved out" },
];

function always(...timeline: Step[]): fc.Arbitrary<Directed> {
  return fc.constant({ timeline });
}

/** A backup after two files went, under any of these faults. */
function underFaults(...all: RunFaults[]): fc.Arbitrary<Directed> {
  return fc.tuple(fc.constantFrom(...all), fc.boolean()).map(([faults, both]) => ({
    timeline: [TARGET_GOES, ...(both ? [SECOND_GOES] : []), { do: "backup", faults }],
  }));
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
      timeline: [TARGET_GOES, SECOND_GOES, { do: "backup", disturbances: [{ when, what }] }],
    }));
}

/** Someone ends the run as its deletion begins: later, it may be done before it hears of that. */
function stoppedAtOnce(what: Disturbance["what"]): fc.Arbitrary<Directed> {
  return always(TARGET_GOES, SECOND_GOES, {
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
      TARGET_GOES,
      ...(bothDelete ? [{ do: "delete" as const, path: `${OTHER}/b` }] : []),
      step,
    ],
  }));
}

const DELETIONS = {
  operation: ["deleteFile", "deleteFolder"],
  times: "forever",
} as const;

function atDeletions(fault: {
  kind:
    | "reset"
    | "reset-after-commit"
    | "never-answer"
    | "corrupt-response"
    | "unknown-answer"
    | "block-page";
}): RunFaults {
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

/** For every cause of a delete job, what makes it happen for sure, in any harmless surroundings. */
const MAKERS: Readonly<Record<DirectedDeleteCause, fc.Arbitrary<Directed>>> = {
  "DEL-OK-1": fc.constantFrom(...GOINGS).map((going) => ({ timeline: [going, BACKUP] })),
  "DEL-OK-2": always(BACKUP),
  "DEL-RUN-1": always(BACKUP),
  "DEL-WT-1": twoSources(BACKUP),
  "DEL-NR-1": fc.oneof(
    always(TARGET_GOES, { do: "deny", path: ROOT }, BACKUP),
    always(TARGET_GOES, { do: "delete-destination", source: 0 }, BACKUP),
    underFaults(
      { storage: [{ kind: "status", status: 503, times: "forever" }] },
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
    .map((change) => ({ timeline: [TARGET_GOES, change, BACKUP] })),
  "DEL-CE-1": underFaults(outage("unreachable")),
  "DEL-CE-2": underFaults(outage("unresolved")),
  "DEL-CE-3": underFaults(
    atDeletions({ kind: "reset" }),
    atDeletions({ kind: "reset-after-commit" }),
  ),
  "DEL-CE-4": underFaults(outage("silent"), atDeletions({ kind: "never-answer" })),
  "DEL-CE-5": underFaults(refused(500), refused(503), refused(429)),
  "DEL-CE-6": underFaults(atDeletions({ kind: "corrupt-response" })),
  "DEL-OM-1": underFaults({ memory: { activity: "delete", nth: 1 } }),
  "DEL-INT-1": stoppedAtOnce({ do: "interrupt" }),
  "DEL-INT-2": stoppedAtOnce({ do: "logout" }),
  "DEL-NF-1": always({ do: "delete-file", source: 0, path: nameOf(TARGET) }, TARGET_GOES, BACKUP),
  "DEL-UX-1": disturbed({ do: "kill" }),
  "DEL-UX-2": disturbed({ do: "power-loss" }),
  "DEL-UX-3": always(
    { do: "delete-file", source: 0, path: nameOf(TARGET) },
    TARGET_GOES,
    SECOND_GOES,
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
  "DEL-UX-4": underFaults(refused(403), atDeletions({ kind: "unknown-answer" })),
};

/** What bridges: tried again, and then it works. */
const BRIDGED: RunFaults = {
  storage: [
    { kind: "status", status: 503, operation: ["deleteFile", "deleteFolder"], nth: 1, times: 2 },
  ],
};

/** A scenario in which the cause comes about in the phase, whatever surrounds it. */
export function directedDeletion(cause: DirectedDeleteCause, phase: Phase): fc.Arbitrary<Scenario> {
  const maker =
    cause === "DEL-OK-1" && phase === "after-retry" ? underFaults(BRIDGED) : MAKERS[cause];
  return fc
    .tuple(surroundingsArbitrary(phase === "after-restart"), maker)
    .map(([around, { timeline, ...rest }]) =>
      // Everything is on the service first, and nothing on the disk is fresh any more.
      directedScenario(around, {
        compareDelete: true,
        ...rest,
        before: [BACKUP, { do: "wait", ms: 5000 }],
        timeline,
      }),
    );
}

/** Whether there is a generator that makes the cause happen. */
export function isDirectedDeleteCause(cause: CauseId): cause is DirectedDeleteCause {
  return Object.hasOwn(MAKERS, cause);
}

function nameOf(path: string): string {
  return path.slice(ROOT.length + 1);
}
