import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import {
  directedScenario,
  INNER,
  LARGE,
  SECOND,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

/** How coarse the times of FAT, and of older disks of Linux and macOS, are. */
const GRANULARITIES_MS = [2000, 2000, 1000] as const;

const PATHS = [TARGET, SECOND, INNER, LARGE] as const;

/**
 * On a disk with coarse times files are saved right after they were written, and written again with the same size before
 * their time is another one; the next backup sends what they are by then.
 */
const coarseTimesArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom(...GRANULARITIES_MS),
    fc.constantFrom<Scenario["disk"]>("linux", "macos", "windows"),
    fc.array(fc.tuple(fc.constantFrom(1, 300, 700, 1100), fc.constantFrom(1, 3, 200, 600)), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .map(([around, timestampGranularityMs, disk, turns]) => {
    const { wholeFileBytesMax = 4096 } = around.tuning;
    const write = (seed: number): readonly Step[] =>
      PATHS.map((path, at) => ({
        do: "write",
        path,
        content: { size: path === LARGE ? wholeFileBytesMax + 500 : 150, seed: 100 * seed + at },
      }));
    return {
      ...directedScenario(around, {
        disk,
        timeline: turns.flatMap(([before, between], turn): Step[] => [
          { do: "wait", ms: 4000 + before },
          ...write(2 * turn),
          { do: "wait", ms: between },
          { do: "backup" },
          ...write(2 * turn + 1),
          { do: "wait", ms: 6000 },
          { do: "backup" },
        ]),
      }),
      timestampGranularityMs,
    };
  });

/** Situations about disks with coarse times. */
export const COARSE_TIME_SITUATIONS: readonly DirectedGenerator[] = [
  {
    name: "written again within the same time of the disk",
    topic: "backup",
    arbitrary: coarseTimesArbitrary,
  },
];
