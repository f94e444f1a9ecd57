import * as fc from "fast-check";

import type { BackupCauseId } from "../../../../protocol/causes/causes.ts";
import { explorerActionSchema, type ExplorerAction } from "../../../scenario/explorer-action.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { BackupStep, Disturbance, Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import { always, cellGenerators } from "../cell-generators.ts";
import { pcOf } from "../../pc-of.ts";
import { COMPARISON_NEEDS_MEMORY, SCAN_NEEDS_MEMORY } from "./memory-cells.ts";
import { EVERY_DAY } from "../../../scenario/pc.ts";
import { EVERY_CONNECTION, EVERY_REQUEST_503, LASTING, PASSING } from "../exchange-faults.ts";
import {
  directedScenario,
  INNER_FOLDER,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
  type Directed,
} from "../directed-scenario.ts";

/** Causes of backups that began. */
type BegunBackupCause = Exclude<BackupCauseId, `B-NR-${string}`>;

const BACKUP: Step = { do: "backup" };
/** A person looks at the history. */
const LOOK = { do: "look" } as const;

/** New content, so that there is something to send whatever was sent before. */
function rewrite(path: string, seed: number, size = 300): Step {
  return { do: "write", path, content: { size, seed: 5000 + seed } };
}

function faulty(faults: RunFaults): BackupStep {
  return { do: "backup", faults };
}

function disturbed(...disturbances: Disturbance[]): BackupStep {
  return { do: "backup", disturbances };
}

/** What stands in a step in which a backup runs. */
type Trouble = Pick<BackupStep, "faults" | "disturbances">;

/** How a backup comes to run behind some changes: a person starts it, or the slot of a schedule comes on a PC. */
const RUNS = fc.constantFrom<(changes: readonly Step[], trouble: Trouble) => Directed>(
  (changes, trouble) => ({ timeline: [...changes, { do: "backup", ...trouble }] }),
  (changes, trouble) => {
    const { pc, disk } = pcOf("windows-11");
    const slot: Step = { do: "wait", until: SLOT_TIME, ms: MINUTES_BEHIND_SLOT, ...trouble };
    const schedule = { weekdays: EVERY_DAY, time: SLOT_TIME };
    return { disk, pc, schedule, timeline: [...changes, slot] };
  },
);

/** An hour after 09:00 in Tokyo, when directed scenarios begin. */
const SLOT_TIME = "10:00";
/** Long enough for a slot that meets failures all the time. */
const MINUTES_BEHIND_SLOT = 30 * 60_000;

/** A backup of changed files under any of these faults. */
function backupUnder(...all: RunFaults[]): fc.Arbitrary<Directed> {
  return fc
    .tuple(fc.constantFrom(...all), fc.nat({ max: 99 }), RUNS)
    .map(([faults, seed, run]) => run([rewrite(TARGET, seed)], { faults }));
}

/** The same with 差分比較アップロード. */
function comparing(directed: fc.Arbitrary<Directed>): fc.Arbitrary<Directed> {
  return directed.map((found) => ({ ...found, compareUpload: true }));
}

/** A backup of a tree that has these entries as well. */
function withEntries(...trees: Tree[]): fc.Arbitrary<Directed> {
  return fc.constantFrom(...trees).map((tree) => ({ tree, timeline: [BACKUP] }));
}

/** A file, or a folder with a file in it, whose name holds the character. */
function forbidden(character: string): fc.Arbitrary<Directed> {
  const file = { content: { text: "x" } };
  return withEntries(
    { [`${ROOT}/a${character}`]: file },
    { [`${INNER_FOLDER}/${character}z`]: file },
    { [`${ROOT}/f${character}`]: { kind: "folder" }, [`${ROOT}/f${character}/below`]: file },
  );
}

/** Everything is on the service; what these changes meet so many free bytes. */
function tight(bytes: number, ...changes: Step[]): fc.Arbitrary<Directed> {
  const timeline: Step[] = [...changes, { do: "set-free", bytes }, BACKUP];
  return fc.constant({ before: [BACKUP], timeline });
}

/**
 * A backup of changed files that is stopped while its nth request is under way. Two questions come first; what
 * comes then may be the last, after which nothing is left to stop.
 */
function stopped(
  act: "interrupt" | "logout" | "close-tool" | "kill" | "power-loss",
): fc.Arbitrary<Directed> {
  return fc
    .tuple(fc.integer({ min: 1, max: 2 }), fc.nat({ max: 99 }), fc.boolean(), RUNS)
    .map(([nth, seed, large, run]) =>
      run([rewrite(TARGET, seed, large ? 20_000 : 300), rewrite(SECOND, seed)], {
        disturbances: [{ when: { at: "request", nth }, what: { do: act } }],
      }),
    );
}

/** Something happens to the target at the moment it is opened for the first time. */
function atOpening(...changes: Disturbance["what"][]): fc.Arbitrary<Directed> {
  return fc.tuple(fc.constantFrom(...changes), fc.nat({ max: 99 })).map(([what, seed]) => ({
    timeline: [
      rewrite(TARGET, seed),
      disturbed({ when: { at: "open", path: TARGET, nth: 1 }, what }),
    ],
  }));
}

/** A refusal in place of the service, without a body so that it answers a HEAD as well. */
const BLOCKED = [
  "HTTP/1.1 403 Forbidden",
  "content-type: text/html",
  "content-length: 0",
  "connection: close",
  "",
  "",
].join("\r\n");

/** A network that sends everybody to its own page first. */
const SIGN_IN_FIRST = [
  "HTTP/1.1 302 Found",
  "location: http://portal.invalid/",
  "content-length: 0",
  "connection: close",
  "",
  "",
].join("\r\n");

/** The folder that the source is in: who may not enter it does not come to the source. */
const ROOT_IS_IN = ROOT.slice(0, ROOT.lastIndexOf("/"));

/** Twice as many times as any file is tried again. */
const EVERY_READING = Array.from({ length: 12 }, (_, index) => index + 1);

/** For every cause what makes it happen for sure, in any harmless surroundings. */
const CAUSES: Readonly<Record<BegunBackupCause, fc.Arbitrary<Directed>>> = {
  "B-OK-1": always(rewrite(TARGET, 0), BACKUP),
  "B-OK-2": always(BACKUP, { do: "wait", ms: 5000 }, BACKUP, BACKUP),
  "B-RUN-1": fc
    .integer({ min: 1, max: 2 })
    .map((nth) => ({ timeline: [disturbed({ when: { at: "request", nth }, what: LOOK })] })),
  "B-IS-1": always({ do: "delete", path: ROOT }, BACKUP),
  "B-IS-2": always({ do: "rename", path: ROOT, to: "/data/elsewhere" }, BACKUP),
  "B-IS-3": always({ do: "delete-destination", source: 0 }, rewrite(TARGET, 0), BACKUP),
  "B-IS-4": always({ do: "rename-destination", source: 0 }, rewrite(TARGET, 0), BACKUP),
  "B-AD-1": always(rewrite(TARGET, 0), { do: "deny", path: TARGET }, BACKUP),
  "B-AD-2": always({ do: "deny", path: INNER_FOLDER }, BACKUP),
  "B-AD-3": fc
    .constantFrom(ROOT, ROOT_IS_IN)
    .map((path) => ({ timeline: [{ do: "deny", path }, BACKUP] })),
  "B-FC-1": fc.oneof(forbidden("¥"), forbidden("\\")),
  // The Finder shows this colon as the slash that a person typed there.
  "B-FC-2": forbidden(":").map((directed) => ({ ...directed, disk: "macos" })),
  "B-FC-3": forbidden(":"),
  "B-FC-4": forbidden("*"),
  "B-FC-5": forbidden("?"),
  "B-FC-6": forbidden('"'),
  "B-FC-7": forbidden("<"),
  "B-FC-8": forbidden(">"),
  "B-FC-9": forbidden("|"),
  "B-FC-10": withEntries({
    [`${ROOT}/.git`]: { kind: "folder" },
    [`${ROOT}/.git/config`]: { content: { text: "x" } },
  }),
  "B-IC-1": tight(450, rewrite(TARGET, 0), rewrite(SECOND, 1)),
  "B-IC-2": tight(0, rewrite(TARGET, 0)),
  "B-IC-3": fc.integer({ min: 1, max: 299 }).chain((bytes) => tight(bytes, rewrite(TARGET, 0))),
  "B-CE-1": backupUnder(...LASTING.unreachable),
  "B-CE-2": backupUnder(...LASTING.unresolved),
  "B-CE-3": backupUnder(
    ...LASTING.reset,
    { storage: [{ kind: "reset", times: "forever", path: "**/target file" }] },
    { storage: [{ kind: "reset-after-commit", times: "forever" }] },
  ),
  "B-CE-4": backupUnder(...LASTING.timeout, {
    storage: [{ kind: "never-answer-after-commit", times: "forever" }],
  }),
  "B-CE-5": backupUnder(
    ...LASTING.unavailable,
    { storage: [{ ...EVERY_REQUEST_503, status: 500 }] },
    { storage: [{ ...EVERY_REQUEST_503, status: 429, retryAfterSeconds: 7 }] },
    { storage: [{ ...EVERY_REQUEST_503, path: "**/target file" }] },
  ),
  "B-CE-6": backupUnder(
    {
      storage: [
        {
          kind: "truncate-response",
          times: "forever",
          path: "**/target file",
          operation: ["putFile", "batchUpload"],
        },
      ],
    },
    ...LASTING.corrupt,
    { storage: [{ kind: "wrong-digest", times: "forever", path: "**/target file" }] },
  ),
  "B-CE-7": backupUnder(
    { network: [{ ...EVERY_CONNECTION, kind: "intercepted", answer: BLOCKED }] },
    { network: [{ ...EVERY_CONNECTION, kind: "intercepted", answer: SIGN_IN_FIRST }] },
    ...LASTING.blocked,
    ...LASTING.foreign,
    {
      storage: [
        { kind: "foreign", answer: "portal-page", times: "forever", path: "**/target file" },
      ],
    },
    { storage: [{ kind: "block-page", times: "forever", path: "**/target file" }] },
  ),
  "B-CE-8": fc.nat({ max: 99 }).map((seed) => ({
    secure: true,
    timeline: [rewrite(TARGET, seed), faulty(LASTING.tls[0])],
  })),
  "B-OM-1": fc.oneof(
    { arbitrary: SCAN_NEEDS_MEMORY, weight: 3 },
    { arbitrary: backupUnder({ memory: { activity: "scan", nth: 1 } }), weight: 1 },
  ),
  "B-OM-2": fc.oneof(
    { arbitrary: COMPARISON_NEEDS_MEMORY, weight: 3 },
    { arbitrary: comparing(backupUnder({ memory: { activity: "compare", nth: 1 } })), weight: 1 },
  ),
  "B-INT-1": stopped("interrupt"),
  "B-INT-2": stopped("logout"),
  "B-UX-1": fc.tuple(fc.boolean(), fc.nat({ max: 99 })).map(([keeps, seed]) => ({
    timeline: [
      rewrite(TARGET, seed),
      disturbed(
        ...EVERY_READING.map((nth): Disturbance => ({
          when: { at: "read", path: TARGET, nth },
          what: {
            do: keeps ? "write-keeping-time" : "write",
            path: TARGET,
            content: { size: 300, seed: 6000 + seed + nth },
          },
        })),
      ),
    ],
  })),
  "B-UX-2": always(rewrite(TARGET, 0), { do: "lock", path: TARGET }, BACKUP),
  "B-UX-3": atOpening({ do: "rename", path: TARGET, to: `${ROOT}/another name` }),
  "B-UX-4": atOpening({ do: "delete", path: TARGET }),
  "B-UX-5": atOpening(
    { do: "rename", path: TARGET, to: `${INNER_FOLDER}/moved here` },
    { do: "rename", path: TARGET, to: "/data/moved out" },
  ),
  "B-UX-6": stopped("close-tool"),
  "B-UX-7": stopped("kill"),
  "B-UX-8": stopped("power-loss"),
  "B-UX-9": fc
    .constantFrom<Step>(
      { do: "lock", path: SECOND },
      { do: "write", path: `${ROOT}/a?`, content: { text: "x" } },
    )
    .map((other) => ({
      timeline: [
        rewrite(TARGET, 0),
        rewrite(SECOND, 1),
        { do: "deny", path: TARGET },
        other,
        BACKUP,
      ],
    })),
  "B-UX-10": fc.oneof(
    withEntries({
      [`${ROOT}/undecodable`]: {
        content: { text: "x" },
        nameBase64: Buffer.from("\u0095\u005c\u00ff", "latin1").toString("base64"),
      },
    }),
    backupUnder(
      { disk: [{ path: TARGET, operation: "open", nth: 1, times: "forever", kind: "io-error" }] },
      { disk: [{ path: TARGET, operation: "read", nth: 1, times: "forever", kind: "io-error" }] },
    ),
  ),
  "B-UX-11": fc.oneof(
    atDestination("delete-destination"),
    atDestination("rename-destination"),
    atDestination("delete-destination", "make-destination"),
    atDestination("rename-destination", "make-destination"),
  ),
};

/** Something happens to the destination of a backup once the service had said that it is there. */
function atDestination(...acts: readonly ExplorerAction["do"][]): fc.Arbitrary<Directed> {
  return fc.tuple(fc.integer({ min: 2, max: 3 }), fc.nat({ max: 99 })).map(([nth, seed]) => ({
    timeline: [
      rewrite(TARGET, seed),
      rewrite(SECOND, seed),
      disturbed(
        ...acts.map((act): Disturbance => ({
          when: { at: "request", nth },
          what: explorerActionSchema.parse({ do: act, source: 0 }),
        })),
      ),
    ],
  }));
}

/** The same, and its last backup meets a fault that passes. */
function retried(directed: fc.Arbitrary<Directed>): fc.Arbitrary<Directed> {
  return fc
    .tuple(directed, fc.constantFrom<RunFaults>(...Object.values(PASSING)))
    .map(([{ timeline, ...rest }, faults]) => ({
      ...rest,
      timeline: [...timeline.slice(0, -1), faulty(faults)],
    }));
}

/** The cells of backups that began. */
export const BACKUP_CELLS = cellGenerators<BegunBackupCause>({
  all: CAUSES,
  afterRetry: { "B-OK-1": retried(CAUSES["B-OK-1"]), "B-OK-2": retried(CAUSES["B-OK-2"]) },
  scenario: (directed, phase) =>
    fc
      .tuple(surroundingsArbitrary(phase === "after-restart"), directed)
      .map(([around, found]) => directedScenario(around, found)),
});
