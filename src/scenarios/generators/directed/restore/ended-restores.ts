import * as fc from "fast-check";

import type { Moment } from "../../../scenario/moment.ts";
import { restoreMomentArbitrary } from "../../restore-moment.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Step, Stop } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { withLargeFile } from "./large-file.ts";
import {
  onConflict,
  RESTORED_TO,
  restoreScenario,
  restoring,
  TARGET_NAME,
} from "./restore-scenario.ts";
import { ROOT } from "../directed-scenario.ts";

/** A process that ends at any call of a restore, and the next restore into the same folder. */
export const cutOffRestore: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<Stop["do"]>("kill", "power-loss", "close-tool", "logout"),
      restoreMomentArbitrary,
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
        timeline: [
          ...withLargeFile,
          restoring({ onConflict: choice, faults, disturbances: [{ when, what: { do: act } }] }),
          ...again,
          restoring({ onConflict: choice }),
        ],
      };
    }),
);

/**
 * Files under temporary names that cannot be removed, of files that are put in their places or cannot be fetched, and the
 * restores that come then, over a restart or not.
 */
export const litteringRestore: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom<1 | 2 | "forever">(1, 2, "forever"),
      fc.constantFrom<RunFaults["storage"]>(
        [],
        [{ kind: "reset-response", operation: "getFile", afterBytes: 10, times: "forever" }],
        [{ kind: "status", status: 503, operation: "getFile", nth: 2, times: "forever" }],
      ),
      onConflict,
      fc.boolean(),
    )
    .map(([nth, times, storage, choice, isRestarted]) => ({
      timeline: [
        ...withLargeFile,
        restoring({
          onConflict: choice,
          faults: {
            storage,
            disk: [
              { operation: "unlink", path: RESTORED_TO, below: true, kind: "io-error", nth, times },
            ],
          },
        }),
        ...(isRestarted ? [{ do: "restart", how: "close-tool" } as const] : []),
        restoring({ onConflict: choice }),
        restoring({ to: "/restored/elsewhere", onConflict: choice }),
      ],
    })),
);

/** The power fails when some files have their names already and others are being written. */
export const powerlessRestore: fc.Arbitrary<Scenario> = restoreScenario(
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
      timeline: [
        restoring({
          onConflict: choice,
          disturbances: [{ when: { at, nth } as Moment, what: { do: "power-loss" } }],
        }),
        restoring({ onConflict: choice }),
      ],
    })),
);
