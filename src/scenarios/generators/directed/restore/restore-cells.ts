import * as fc from "fast-check";

import type { RestoreCauseId } from "../../../../protocol/causes/causes.ts";
import type { Moment } from "../../../scenario/moment.ts";
import { restoreMomentArbitrary } from "../../restore-moment.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Step, Stop } from "../../../scenario/step.ts";
import {
  INNER_NAME,
  RESTORED_TO,
  restoreScenario,
  restoring,
  SECOND_NAME,
  TARGET_NAME,
} from "./restore-scenario.ts";
import { always, cellGenerators, underFaults } from "../cell-generators.ts";
import { TARGET, type Directed } from "../directed-scenario.ts";
import { LASTING, PASSING } from "../exchange-faults.ts";

/** Where an earlier restore goes that is cut off. */
const EARLIER_TO = "/restored/earlier";

function oneOf(...all: readonly Directed[]): fc.Arbitrary<Directed> {
  return fc.constantFrom(...all);
}

/** A restore of everything under any of these faults. */
function restoreUnder(...all: RunFaults[]): fc.Arbitrary<Directed> {
  return underFaults(
    fc.constant((faults) => [restoring({ faults })]),
    all,
  );
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

function stopped(act: Stop["do"], moment: fc.Arbitrary<Moment>): fc.Arbitrary<Directed> {
  return moment.map((when) => ({
    timeline: [restoring({ disturbances: [{ when, what: { do: act } }] })],
  }));
}

const atTarget = { operation: "getFile", times: "forever", path: `**/${TARGET_NAME}` } as const;
const below = { path: RESTORED_TO, below: true, nth: 1, times: "forever" } as const;

const FILE = { content: { text: "mine" } } as const;

/** What stands in the way of something and is never replaced, or must not be written. */
const IN_THE_WAY: readonly Directed[] = [
  {
    tree: { [`${RESTORED_TO}/${TARGET_NAME}/mine`]: FILE },
    timeline: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: {
      ...EMPTY_TARGET,
      [`${RESTORED_TO}/${INNER_NAME}`]: { kind: "symbolic-link", to: "/data" },
    },
    timeline: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: {
      ...EMPTY_TARGET,
      [`${RESTORED_TO}/${TARGET_NAME}`]: { kind: "symbolic-link", to: "/data/elsewhere" },
    },
    timeline: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: { [`${RESTORED_TO}/${INNER_NAME}`]: FILE },
    timeline: [restoring({ onConflict: "overwrite" })],
  },
  {
    tree: { [`${RESTORED_TO}/${INNER_NAME}`]: null },
    timeline: [{ do: "make-read-only", path: `${RESTORED_TO}/${INNER_NAME}` }, restoring()],
  },
  {
    tree: { [`${RESTORED_TO}/${INNER_NAME}`]: null },
    timeline: [{ do: "deny", path: `${RESTORED_TO}/${INNER_NAME}` }, restoring()],
  },
  {
    tree: { [`${RESTORED_TO}/${TARGET_NAME}`]: FILE },
    timeline: [
      { do: "lock", path: `${RESTORED_TO}/${TARGET_NAME}` },
      restoring({ onConflict: "overwrite" }),
    ],
  },
];

/** For every cause, what makes it happen for sure, in any harmless surroundings. */
const CAUSES: Readonly<Record<RestoreCauseId, fc.Arbitrary<Directed>>> = {
  "R-OK-1": oneOf(
    { timeline: [restoring()] },
    { timeline: [restoring(), restoring({ onConflict: "overwrite" })] },
    { timeline: [restoring({ from: { source: 0, path: TARGET_NAME, entryKind: "file" } })] },
    { timeline: [restoring({ from: { source: 0, path: INNER_NAME } })] },
    {
      tree: { [`${RESTORED_TO}/${TARGET_NAME}`]: FILE, [`${RESTORED_TO}/unrelated`]: FILE },
      timeline: [restoring({ onConflict: "overwrite" })],
    },
    {
      tree: { [`${RESTORED_TO}/${TARGET_NAME}`]: FILE },
      timeline: [restoring({ onConflict: "keep-both" }), restoring({ onConflict: "keep-both" })],
    },
    { timeline: [{ do: "delete", path: TARGET }, restoring()] },
  ),
  "R-RUN-1": always(
    restoring({ disturbances: [{ when: { at: "request", nth: 1 }, what: { do: "look" } }] }),
  ),
  "R-AD-1": oneOf(
    { tree: EMPTY_TARGET, timeline: [{ do: "deny", path: RESTORED_TO }, restoring()] },
    { tree: EMPTY_TARGET, timeline: [{ do: "make-read-only", path: RESTORED_TO }, restoring()] },
  ),
  "R-AD-2": oneOf(...IN_THE_WAY),
  "R-IS-1": oneOf(
    {
      tree: EMPTY_TARGET,
      timeline: [{ do: "delete", path: RESTORED_TO }, restoring({ makeTarget: false })],
    },
    { timeline: [restoring({ makeTarget: false })] },
    { tree: { [RESTORED_TO]: FILE }, timeline: [restoring()] },
    { tree: { [RESTORED_TO]: { kind: "symbolic-link", to: "/data" } }, timeline: [restoring()] },
  ),
  "R-IS-2": always(
    { do: "rename", path: RESTORED_TO, to: "/restored/renamed" },
    restoring({ makeTarget: false }),
  ).map((directed) => ({ ...directed, tree: EMPTY_TARGET })),
  "R-IS-3": oneOf(
    { timeline: [{ do: "delete-destination", source: 0 }, restoring()] },
    { timeline: [restoring({ from: { source: 0, path: "never there", entryKind: "file" } })] },
    { timeline: [restoring({ from: { source: 0, path: "never there", entryKind: "folder" } })] },
    {
      timeline: [
        restoring({ from: { source: 0, path: TARGET_NAME, entryKind: "file" }, generation: 99 }),
      ],
    },
  ),
  "R-IS-4": oneOf(
    { timeline: [{ do: "rename-destination", source: 0 }, restoring()] },
    {
      timeline: [
        { do: "rename-destination", source: 0 },
        restoring({ from: { source: 0, path: INNER_NAME } }),
      ],
    },
  ),
  "R-CE-1": restoreUnder(...LASTING.unreachable),
  "R-CE-2": restoreUnder(...LASTING.unresolved),
  "R-CE-3": restoreUnder(
    ...LASTING.reset,
    { storage: [{ ...atTarget, kind: "reset" }] },
    { storage: [{ ...atTarget, kind: "reset-response" }] },
  ),
  "R-CE-4": restoreUnder(...LASTING.timeout, { storage: [{ ...atTarget, kind: "never-answer" }] }),
  "R-CE-5": restoreUnder(
    ...LASTING.unavailable,
    { storage: [{ ...atTarget, kind: "status", status: 500 }] },
    { storage: [{ ...atTarget, kind: "status", status: 429, retryAfterSeconds: 7 }] },
  ),
  "R-CE-6": restoreUnder(
    ...LASTING.corrupt,
    ...LASTING.blocked,
    ...LASTING.foreign,
    { storage: [{ ...atTarget, kind: "corrupt-response" }] },
    { storage: [{ ...atTarget, kind: "foreign", answer: "portal-page" }] },
    { storage: [{ ...atTarget, kind: "foreign", answer: "not-found-page" }] },
    { storage: [{ ...atTarget, kind: "corrupt-response", resealed: true }] },
    { storage: [{ ...atTarget, kind: "wrong-digest" }] },
  ),
  "R-OM-1": restoreUnder({ memory: { activity: "restore", nth: 1 } }),
  "R-UX-1": stopped("close-tool", earlyMoment),
  "R-UX-2": stopped("kill", earlyMoment),
  "R-UX-3": stopped("power-loss", earlyMoment),
  "R-UX-4": restoreUnder(
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
    .map(([directed, faults]) => ({
      ...directed,
      timeline: directed.timeline.map((step) =>
        step.do === "restore" ? { ...step, faults } : step,
      ),
    })),
  "R-UX-6": stopped("logout", earlyMoment),
};

/** One fault that passes when it is tried again. */
const RETRIED: readonly RunFaults[] = [
  PASSING.unavailable,
  PASSING.reset,
  { storage: [{ kind: "corrupt-response", operation: "getFile", nth: 1, times: 2 }] },
  { storage: [{ kind: "wrong-digest", operation: "getFile", nth: 2, times: 1 }] },
  { storage: [{ kind: "reset-response", operation: "getFile", nth: 1, times: 2, afterBytes: 60 }] },
  {
    storage: [{ kind: "truncate-response", operation: "getFile", nth: 1, times: 2, afterBytes: 9 }],
  },
  { storage: [{ kind: "truncate-response", operation: "getFolder", nth: 1, times: 1 }] },
  PASSING.refused,
];

/** An earlier restore, to another folder, that is cut off. */
const cutOff: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.constantFrom<Stop["do"]>("close-tool", "kill", "power-loss"),
    fc.oneof(earlyMoment, restoreMomentArbitrary),
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

/** The cells of restores. */
export const RESTORE_CELLS = cellGenerators<RestoreCauseId>({
  all: CAUSES,
  afterRetry: { "R-OK-1": restoreUnder(...RETRIED) },
  scenario: (directed, phase) =>
    restoreScenario(
      fc
        .tuple(phase === "after-restart" ? cutOff : fc.constant([]), directed)
        .map(([cut, { timeline, ...rest }]) => ({ ...rest, timeline: [...cut, ...timeline] })),
    ),
});
