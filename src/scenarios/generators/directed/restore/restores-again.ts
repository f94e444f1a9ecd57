import * as fc from "fast-check";

import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import {
  INNER_NAME,
  onConflict,
  RESTORED_TO,
  restoreScenario,
  restoring,
  TARGET_NAME,
} from "./restore-scenario.ts";
import { EVERY_REQUEST_503 } from "../exchange-faults.ts";
import { ROOT, TARGET } from "../directed-scenario.ts";

/** Nothing is fetched. */
const NOTHING_COMES: RunFaults = { storage: [{ ...EVERY_REQUEST_503, operation: "getFile" }] };

const FILE = { source: 0, path: TARGET_NAME, entryKind: "file" } as const;

/**
 * Restores that failed are done again (F32), each with what was asked for then: one generation, the newest, a
 * folder, everything, and each choice about what stands there.
 */
export const restoreAgain: fc.Arbitrary<Scenario> = restoreScenario(
  onConflict.map((choice) => {
    const wishes = [
      { from: FILE, generation: 2 },
      { from: FILE, generation: 1 },
      { from: FILE },
      { from: { source: 0, path: INNER_NAME } },
      { from: { source: 0 } },
    ].map((wish, at) => ({ ...wish, to: `${RESTORED_TO} ${at}`, onConflict: choice }));
    // Where one generation goes nothing stands: what comes has to be that one.
    const standing: Tree = Object.fromEntries(
      wishes
        .slice(2)
        .map(({ to }) => [`${to}/${TARGET_NAME}`, { content: { size: 77, seed: 77 } }]),
    );
    return {
      tree: standing,
      timeline: [
        { do: "write", path: TARGET, content: { size: 310, seed: 61 } },
        { do: "backup" },
        { do: "write", path: TARGET, content: { size: 320, seed: 62 } },
        { do: "backup" },
        ...wishes.flatMap((wish): Step[] => [
          restoring({ ...wish, faults: NOTHING_COMES }),
          restoring({ ...wish, again: true }),
        ]),
      ],
    };
  }),
);

const DEEP = `${RESTORED_TO}/deep`;
const AWAY = "/restored/away";

/**
 * A restore is cut off in the middle of a file; then its folder is out of reach while another restore runs, and
 * there again before a third: what the first left goes then.
 */
export const leftOnAnotherDisk: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"kill" | "power-loss">("kill", "kill", "kill", "power-loss"),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([how, nth]) => ({
      tree: Object.fromEntries(
        ["deep/a", "deep/b", "deep/c", "deep/d"].map((name, at) => [
          `${ROOT}/${name}`,
          { content: { size: 30_000, seed: 70 + at } },
        ]),
      ),
      timeline: [
        restoring({
          from: { source: 0, path: "deep" },
          to: DEEP,
          disturbances: [{ when: { at: "write", nth }, what: { do: how } }],
        }),
        { do: "rename", path: DEEP, to: AWAY },
        restoring({ to: "/restored/elsewhere" }),
        { do: "rename", path: AWAY, to: DEEP },
        restoring({ to: "/restored/elsewhere", onConflict: "overwrite" }),
      ],
    })),
);
