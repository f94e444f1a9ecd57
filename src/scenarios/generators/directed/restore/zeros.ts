import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import { ROOT } from "../directed-scenario.ts";
import { onConflict, RESTORED_TO, restoreScenario, restoring } from "./restore-scenario.ts";

/** Bytes of a block of the disk. */
const BLOCK_BYTES = 4096;

/** Sizes and runs of zeros, so that zeros fill blocks, all but fill them, or are all there is. */
const SHAPES: readonly (readonly [size: number, zeros: number])[] = [
  [2 * BLOCK_BYTES, BLOCK_BYTES],
  [2 * BLOCK_BYTES + 1, BLOCK_BYTES + 1],
  [3 * BLOCK_BYTES - 1, 2 * BLOCK_BYTES],
  [3 * BLOCK_BYTES, BLOCK_BYTES - 1],
  [BLOCK_BYTES, BLOCK_BYTES],
  [BLOCK_BYTES + 1, BLOCK_BYTES + 1],
  [300, 300],
  [300, 100],
];

const ENDS = ["start", "middle", "end"] as const;

const FILES: Tree = Object.fromEntries(
  SHAPES.flatMap(([size, zeros], at) =>
    ENDS.map((zerosAt) => [
      `${ROOT}/zeros/${at} ${zerosAt}`,
      { content: { size, zeros, zerosAt, seed: 50 + at } },
    ]),
  ),
);

/**
 * Files with zeros at their start, in their middle and at their end come back: at once, in pieces, after a download
 * that was spoiled, and over files without zeros.
 */
export const restoredZeros: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"reset-response" | "truncate-response">(
        "reset-response",
        "truncate-response",
      ),
      fc.constantFrom(1, 250, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES),
      onConflict,
      fc.nat({ max: 2 }),
    )
    .map(([kind, afterBytes, choice, turn]) => ({
      tree: {
        ...FILES,
        ...Object.fromEntries(
          Object.keys(FILES).map((path, at) => [
            `${RESTORED_TO} again${path.slice(ROOT.length)}`,
            { content: { size: 100 + (at % 3) * BLOCK_BYTES, seed: 90 + at } },
          ]),
        ),
      },
      timeline: [
        restoring(),
        restoring({
          to: `${RESTORED_TO} in pieces`,
          faults: {
            // Few enough that trying again surely bridges all of them.
            storage: SHAPES.map((_, at) => ({
              kind,
              operation: "getFile" as const,
              path: `**/zeros/${at} ${ENDS[(at + turn) % ENDS.length]}`,
              afterBytes,
            })),
          },
        }),
        restoring({
          to: `${RESTORED_TO} begun again`,
          faults: {
            storage: SHAPES.map((_, at) => ({
              kind: "corrupt-response" as const,
              operation: "getFile" as const,
              path: `**/zeros/${at} ${ENDS[(at + turn + 1) % ENDS.length]}`,
            })),
          },
        }),
        restoring({ to: `${RESTORED_TO} again`, onConflict: choice }),
      ],
    })),
);
