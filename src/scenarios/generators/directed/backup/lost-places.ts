import * as fc from "fast-check";

import type { ExplorerAction } from "../../../scenario/explorer-action.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Disturbance, Step } from "../../../scenario/step.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

/** Folders in the order in which they are met. */
const FOLDERS = Array.from({ length: 9 }, (_, at) => `${ROOT}/${at + 1}`);

const NAMES = FOLDERS.map((folder) => `${folder}/file`);

/** What becomes of the destination, or of a folder above it. */
const LOSSES: readonly (readonly ExplorerAction[])[] = [
  [{ do: "delete-destination", source: 0 }],
  [{ do: "rename-destination", source: 0 }],
  [{ do: "delete-destination", source: 0, level: "device" }],
  [{ do: "rename-destination", source: 0, level: "device" }],
  [
    { do: "rename-destination", source: 0 },
    { do: "make-destination", source: 0 },
  ],
];

/** Long enough for everything that was met before to be sent, and little enough for the patience of all. */
const SLOW = { operation: "list", kind: "delay", delayMs: 30_000 } as const;

/**
 * The destination goes while a backup sends the few files that are new, with many before, between and behind them that
 * are as they were; in batches, one by one, or in pieces.
 */
export const lostPlaceArbitrary: fc.Arbitrary<Scenario> = fc
  .record({
    around: surroundingsArbitrary(false),
    changed: fc.subarray(NAMES.slice(0, 5), { minLength: 1, maxLength: 4 }),
    slow: fc.subarray(FOLDERS.slice(3), { minLength: 1, maxLength: 3 }),
    loss: fc.constantFrom(...LOSSES),
    nth: fc.integer({ min: 2, max: 5 }),
    size: fc.constantFrom(100, 3000),
  })
  .map(({ around, changed, slow, loss, nth, size }) =>
    directedScenario(around, {
      tree: Object.fromEntries(NAMES.map((path, at) => [path, { content: { size, seed: at } }])),
      timeline: [
        { do: "backup" },
        { do: "wait", ms: 5000 },
        ...changed.map((path, at): Step => ({
          do: "write",
          path,
          content: { size, seed: 100 + at },
        })),
        {
          do: "backup",
          faults: { disk: slow.map((path) => ({ ...SLOW, path })) },
          disturbances: loss.map((what): Disturbance => ({ when: { at: "request", nth }, what })),
        },
        { do: "backup" },
      ],
    }),
  );
