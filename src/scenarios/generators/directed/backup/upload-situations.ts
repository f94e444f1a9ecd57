import * as fc from "fast-check";

import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Disturbance, Step } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

const NAMES = ["big one", "big two", "big three"] as const;

type StorageFaults = NonNullable<RunFaults["storage"]>;

/**
 * Uploads of several requests that fail for good, at their first piece, between two, when every byte is there
 * and only the end is missing; the next backups go on where each stopped, some of them stopped too.
 */
const failedUploadsArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 2, max: 4 }),
    fc.constantFrom<"status" | "reset">("status", "reset"),
    fc.integer({ min: 1, max: 12 }),
    fc.constantFrom<"interrupt" | "close-tool" | "kill">("interrupt", "close-tool", "kill"),
    fc.constantFrom(0, 1, -1),
  )
  .map(([around, pieceCount, how, nth, stop, more]) => {
    const { wholeFileBytesMax = 4096, appendBytes = 4096 } = around.tuning;
    const size = Math.ceil(wholeFileBytesMax / appendBytes + pieceCount) * appendBytes + more;
    const ends = Math.ceil(size / appendBytes) + 1;
    const failing = (name: string, at: number): StorageFaults[number] => {
      const where = { operation: "appendUpload", path: `**/${name}`, nth: at } as const;
      return how === "status"
        ? { kind: "status", status: 503, ...where, times: "forever" }
        : { kind: "reset", ...where, times: "forever" };
    };
    const interrupted: Disturbance = { when: { at: "request", nth }, what: { do: stop } };
    const failed: Step = {
      do: "backup",
      faults: { storage: [failing(NAMES[0], 1), failing(NAMES[1], 2), failing(NAMES[2], ends)] },
    };
    const timeline: Step[] = [
      failed,
      { do: "wait", ms: 60_000 },
      { do: "backup" },
      ...NAMES.map((name, at): Step => ({
        do: "write",
        path: `${ROOT}/${name}`,
        content: { size, seed: 90 + at },
      })),
      { do: "wait", ms: 5000 },
      failed,
      { do: "backup", disturbances: [interrupted] },
      { do: "backup" },
    ];
    return directedScenario(around, {
      tree: Object.fromEntries(
        NAMES.map((name, at) => [`${ROOT}/${name}`, { content: { size, seed: 80 + at } }]),
      ),
      timeline,
    });
  });

/** Situations about uploads that take several requests. */
export const UPLOAD_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "uploads that failed go on", topic: "backup", arbitrary: failedUploadsArbitrary },
];
