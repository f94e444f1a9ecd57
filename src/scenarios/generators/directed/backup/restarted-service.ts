import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Disturbance, Step } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import {
  directedScenario,
  INNER_FOLDER,
  LARGE,
  SECOND,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

const RESTART: Step = { do: "restart-service" };
/** Longer than a session is good, and longer than an upload is kept. */
const PAUSES = fc.constantFrom<readonly Step[]>(
  [],
  [{ do: "wait", ms: 5000 }],
  [{ do: "wait", ms: 13 * 3_600_000 }],
  [{ do: "wait", ms: 73 * 3_600_000 }],
);

/**
 * The service is stopped and started again between backups: with an upload that was cut off and goes on, with files that
 * are replaced and deleted, while nobody comes for days, and before a restore.
 */
const restartedServiceArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 3, max: 9 }),
    fc.constantFrom<Disturbance["what"]>(
      { do: "interrupt" },
      { do: "close-tool" },
      { do: "kill" },
      { do: "power-loss" },
    ),
    fc.tuple(PAUSES, PAUSES, PAUSES),
    fc.boolean(),
  )
  .map(([around, nth, what, [first, second, third], compareUpload]) => {
    const { wholeFileBytesMax = 4096, appendBytes = 4096 } = around.tuning;
    const size = wholeFileBytesMax + 3 * appendBytes;
    const cut: Step = {
      do: "backup",
      disturbances: [{ when: { at: "request", nth }, what }],
    };
    const write = (path: string, seed: number): Step => ({
      do: "write",
      path,
      content: { size: path === LARGE ? size : 200, seed },
    });
    return directedScenario(around, {
      compareUpload,
      compareDelete: true,
      timeline: [
        write(LARGE, 71),
        { do: "wait", ms: 5000 },
        cut,
        RESTART,
        ...first,
        { do: "backup" },
        ...second,
        RESTART,
        write(LARGE, 72),
        write(TARGET, 73),
        write(SECOND, 74),
        { do: "delete", path: INNER_FOLDER },
        { do: "wait", ms: 5000 },
        { do: "backup" },
        ...third,
        write(LARGE, 75),
        { do: "wait", ms: 5000 },
        cut,
        { do: "backup" },
        RESTART,
        { do: "restore", from: { source: 0 }, to: "/restored" },
      ],
    });
  });

/** Situations about a service that is stopped and started again on what it kept. */
export const RESTARTED_SERVICE_SITUATIONS: readonly DirectedGenerator[] = [
  {
    name: "the service is started again between backups",
    topic: "backup",
    arbitrary: restartedServiceArbitrary,
  },
];
