import * as fc from "fast-check";

import type { CauseId, RestoreCauseId } from "../../../protocol/cause.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { Moment } from "../../scenario/moment.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { Step, Stop } from "../../scenario/step.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import {
  INNER_NAME,
  RESTORED_TO,
  restoreMoment,
  restoreScenario,
  restoring,
  SECOND_NAME,
  TARGET_NAME,
  type Maker,
  type Making,
} from "./restore-scenario.ts";
import { TARGET } from "../surroundings.ts";

/** Where an earlier restore goes that is cut off. */
const EARLIER_TO = "/restored/earlier";

function always(...steps: Step[]): Maker {
  return fc.constant({ steps });
}

function oneOf(...all: readonly Making[]): Maker {
  return fc.constantFrom(...all);
}

function underFaults(...all: RunFaults[]): Maker {
  return fc.constantFrom(...all).map((faults) => ({ steps: [restoring({ faults })] }));
}

const EMPTY_TARGET = { [RESTORED_TO]: null };

/** Moments in a restore at which there is always something left to do. */
const earlyMoment: fc.Arbitrary<Moment> = fc.oneof(
  fc.integer({ min: 1, max: 2 }).map((nth): Moment => ({ at: "request", nth })),
  fc.constantFrom<Moment>(
    { at: "create", nth: 1 },
    { at: "write", nth: 1 },
    { at: "sync", nth: 1 },
  ),
);

function stopped(act: Stop["do"], moment: fc.Arbitrary<Moment>): Maker {
  return moment.map((when) => ({
    steps: [restoring({ disturbances: [{ when, what: { do: act } }] })],
  }));
}

const forever = { at: "connect", nth: 1, times: "forever" } as const;
const atTarget = { operation: "getFile", times: "forever", path: `**/${TARGET_NAME}` } as const;
const below = { path: RESTORED_TO, below: true, nth: 1, times: "forever" } as const;

const FILE = { content: { text: "mine" } } as const;

/** What stands in the way of something and is never replaced, or must not be written. */
const IN_THE_WAY: readonly Making[] = [
  {
    tree: { [`${RESTORED_TO}/${TARGET_NAME}/mine`]: FILE },
    steps: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: {
      ...EMPTY_TARGET,
      [`${RESTORED_TO}/${INNER_NAME}`]: { kind: "symbolic-link", to: "/data" },
    },
    steps: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: {
      ...EMPTY_TARGET,
      [`${RESTORED_TO}/${TARGET_NAME}`]: { kind: "symbolic-link", to: "/data/elsewhere" },
    },
    steps: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: { [`${RESTORED_TO}/${INNER_NAME}`]: FILE },
    steps: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: { [`${RESTORED_TO}/${INNER_NAME}`]: null },
    steps: [{ do: "make-read-only", path: `${RESTORED_TO}/${INNER_NAME}` }, restoring()],
  },
  {
    tree: { [`${RESTORED_TO}/${INNER_NAME}`]: null },
    steps: [{ do: "deny", path: `${RESTORED_TO}/${INNER_NAME}` }, restoring()],
  },
  {
    tree: { [`${RESTORED_TO}/${TARGET_NAME}`]: FILE },
    steps: [
      { do: "lock", path: `${RESTORED_TO}/${TARGET_NAME}` },
      restoring({ onConflict: "overwrite" }),
    ],
  },
];

/** For every cause, what makes it happen for sure, in any harmless surroundings. */
const MAKERS: Readonly<Record<RestoreCauseId, Maker>> = {
  "R-OK-1": oneOf(
    { steps: [restoring()] },
    { steps: [restoring(), restoring({ onConflict: "overwrite" })] },
    { steps: [restoring({ from: { source: 0, path: TARGET_NAME, entryKind: "file" } })] },
    { steps: [restoring({ from: { source: 0, path: INNER_NAME } })] },
    {
      tree: { [`${RESTORED_TO}/${TARGET_NAME}`]: FILE, [`${RESTORED_TO}/unrelated`]: FILE },
      steps: [restoring({ onConflict: "overwrite" })],
    },
    {
      tree: { [`${RESTORED_TO}/${TARGET_NAME}`]: FILE },
      steps: [restoring({ onConflict: "keep-both" }), restoring({ onConflict: "keep-both" })],
    },
    { steps: [{ do: "delete", path: TARGET }, restoring()] },
  ),
  "R-RUN-1": always(restoring()),
  "R-AD-1": oneOf(
    { tree: EMPTY_TARGET, steps: [{ do: "deny", path: RESTORED_TO }, restoring()] },
    { tree: EMPTY_TARGET, steps: [{ do: "make-read-only", path: RESTORED_TO }, restoring()] },
  ),
  "R-AD-2": oneOf(...IN_THE_WAY),
  "R-IS-1": oneOf(
    {
      tree: EMPTY_TARGET,
      steps: [{ do: "delete", path: RESTORED_TO }, restoring({ makeTarget: false })],
    },
    { steps: [restoring({ makeTarget: false })] },
    { tree: { [RESTORED_TO]: FILE }, steps: [restoring()] },
    { tree: { [RESTORED_TO]: { kind: "symbolic-link", to: "/data" } }, steps: [restoring()] },
  ),
  "R-IS-2": always(
    { do: "rename", path: RESTORED_TO, to: "/restored/renamed" },
    restoring({ makeTarget: false }),
  ).map((making) => ({ ...making, tree: EMPTY_TARGET })),
  "R-IS-3": oneOf(
    { steps: [{ do: "delete-destination", source: 0 }, restoring()] },
    { steps: [restoring({ from: { source: 0, path: "never there", entryKind: "file" } })] },
    { steps: [restoring({ from: { source: 0, path: "never there", entryKind: "folder" } })] },
    {
      steps: [
        restoring({ from: { source: 0, path: TARGET_NAME, entryKind: "file" }, generation: 99 }),
      ],
    },
  ),
  "R-IS-4": oneOf(
    { steps: [{ do: "rename-destination", source: 0 }, restoring()] },
    {
      steps: [
        { do: "rename-destination", source: 0 },
        restoring({ from: { source: 0, path: INNER_NAME } }),
      ],
    },
  ),
  "R-CE-1": underFaults(
    { network: [{ ...forever, kind: "refused" }] },
    { network: [{ ...forever, kind: "unreachable" }] },
    { outage: { kind: "unreachable", afterMs: 0, forMs: "forever" } },
  ),
  "R-CE-2": underFaults(
    { network: [{ ...forever, kind: "unresolved" }] },
    { outage: { kind: "unresolved", afterMs: 0, forMs: "forever" } },
  ),
  "R-CE-3": underFaults(
    { network: [{ ...forever, kind: "reset-after", bytesUp: 20 }] },
    { storage: [{ kind: "reset", times: "forever" }] },
    { storage: [{ ...atTarget, kind: "reset" }] },
    { storage: [{ ...atTarget, kind: "reset-response" }] },
  ),
  "R-CE-4": underFaults(
    { network: [{ ...forever, kind: "silent" }] },
    { network: [{ ...forever, kind: "blackhole-after", bytesUp: 20 }] },
    { storage: [{ kind: "never-answer", times: "forever" }] },
    { storage: [{ ...atTarget, kind: "never-answer" }] },
  ),
  "R-CE-5": underFaults(
    { storage: [{ kind: "status", status: 503, times: "forever" }] },
    { storage: [{ ...atTarget, kind: "status", status: 500 }] },
    { storage: [{ ...atTarget, kind: "status", status: 429, retryAfterSeconds: 7 }] },
  ),
  "R-CE-6": underFaults(
    { storage: [{ kind: "corrupt-response", times: "forever" }] },
    { storage: [{ ...atTarget, kind: "corrupt-response" }] },
    { storage: [{ ...atTarget, kind: "corrupt-response", resealed: true }] },
    { storage: [{ ...atTarget, kind: "wrong-digest" }] },
  ),
  "R-OM-1": underFaults({ memory: { activity: "restore", nth: 1 } }),
  "R-UX-1": stopped("close-tool", earlyMoment),
  "R-UX-2": stopped("kill", earlyMoment),
  "R-UX-3": stopped("power-loss", earlyMoment),
  "R-UX-4": underFaults(
    { freeBytes: 0 },
    { freeBytes: 99 },
    { disk: [{ ...below, operation: "write", kind: "no-space" }] },
    { disk: [{ ...below, operation: "write", kind: "io-error" }] },
    { disk: [{ ...below, operation: "sync", kind: "io-error" }] },
    { disk: [{ ...below, operation: "utimes", kind: "io-error" }] },
  ),
  "R-UX-5": fc
    .tuple(
      fc.constantFrom(
        ...IN_THE_WAY.filter(({ tree }) => tree?.[`${RESTORED_TO}/${TARGET_NAME}`] === undefined),
      ),
      // Nothing of it is tried again.
      fc.constantFrom<RunFaults>(
        { freeBytes: 0 },
        { disk: [{ ...below, operation: "write", kind: "io-error" }] },
        { storage: [{ kind: "block-page", ...atTarget, path: `**/${SECOND_NAME}` }] },
      ),
    )
    .map(([making, faults]) => ({
      ...making,
      steps: making.steps.map((step) => (step.do === "restore" ? { ...step, faults } : step)),
    })),
  "R-UX-6": stopped("logout", earlyMoment),
};

/** Faults that are bridged by trying again, so that a restore ends well after a retry. */
const BRIDGED: readonly RunFaults[] = [
  { storage: [{ kind: "status", status: 503, nth: 1, times: 2 }] },
  { storage: [{ kind: "reset", nth: 1, times: 1 }] },
  { storage: [{ kind: "corrupt-response", operation: "getFile", nth: 1, times: 2 }] },
  { storage: [{ kind: "wrong-digest", operation: "getFile", nth: 2, times: 1 }] },
  { storage: [{ kind: "reset-response", operation: "getFile", nth: 1, times: 2, afterBytes: 60 }] },
  {
    storage: [{ kind: "truncate-response", operation: "getFile", nth: 1, times: 2, afterBytes: 9 }],
  },
  { storage: [{ kind: "truncate-response", operation: "getFolder", nth: 1, times: 1 }] },
  { network: [{ at: "connect", nth: 1, times: 2, kind: "refused" }] },
];

/** Restores of everything that one bridged fault meets. */
export const bridgedRestore: Maker = underFaults(...BRIDGED);

/** An earlier restore, to another folder, that is cut off. */
const cutOff: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom<Stop["do"]>("close-tool", "kill", "power-loss"),
    fc.oneof(earlyMoment, restoreMoment),
  )
  .map(([act, when]) => [
    restoring({
      to: EARLIER_TO,
      // Whatever the moment, the restore does not outlive it by much.
      disturbances: [
        { when, what: { do: act } },
        { when: { at: "request", nth: 2 }, what: { do: act } },
      ],
    }),
  ]);

/** A scenario in which the cause of a restore comes about in the phase, whatever surrounds it. */
export function directedRestore(cause: RestoreCauseId, phase: Phase): fc.Arbitrary<Scenario> {
  const maker = phase === "after-retry" && cause === "R-OK-1" ? bridgedRestore : MAKERS[cause];
  const before = phase === "after-restart" ? cutOff : fc.constant([]);
  return restoreScenario(
    fc.tuple(before, maker).map(([cut, making]) => ({
      ...making,
      steps: [...cut, ...making.steps],
    })),
  );
}

/** Whether a cause is one of a restore. */
export function isRestoreCause(cause: CauseId): cause is RestoreCauseId {
  return Object.hasOwn(MAKERS, cause);
}
