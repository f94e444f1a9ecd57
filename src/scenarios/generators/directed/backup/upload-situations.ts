import * as fc from "fast-check";

import { contentBytes } from "../../../scenario/content.ts";
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

/** Bytes of what is on its way beside the large file, at most. */
const ON_ITS_WAY_BYTES = 6000;
/** Of the large file: more than that in each of its pieces but the last, or two of them. */
const MUCH_BYTES = 40_000;

/**
 * A service that has just the room for what it is to keep: nothing large fits that is counted twice, or that still
 * takes room when it is over. Uploads fail, are given up since their file changed, are cut off and completed.
 */
const justRoomArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom(4096, 16_384),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom<"interrupt" | "kill" | "power-loss">("interrupt", "kill", "power-loss"),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([around, appendBytes, nth, stop, isChanged, isRestarted]) => {
    const path = `${ROOT}/${NAMES[0]}`;
    const write = (seed: number): readonly Step[] => [
      { do: "write", path, content: { size: MUCH_BYTES, seed } },
      { do: "wait", ms: 5000 },
    ];
    const cut: Step = {
      do: "backup",
      disturbances: [{ when: { at: "request", nth }, what: { do: stop } }],
    };
    const failed: StorageFaults[number] = {
      kind: "status",
      status: 503,
      operation: "appendUpload",
      nth: 3,
      times: "forever",
    };
    const restarted: readonly Step[] = isRestarted ? [{ do: "restart-service" }] : [];
    return directedScenario(around, {
      tuning: {
        ...around.tuning,
        parallelUploadCount: 1,
        batchBytesMax: 2048,
        wholeFileBytesMax: 2048,
        appendBytes,
      },
      // Two contents of the large file are kept, and what else there is.
      serviceTuning: {
        memoryBytesMax: 2 * MUCH_BYTES + ON_ITS_WAY_BYTES + bytesIn(around.tree),
      },
      timeline: [
        ...write(1),
        { do: "backup", faults: { storage: [failed] } },
        ...(isChanged ? write(2) : []),
        ...restarted,
        cut,
        { do: "backup" },
        ...write(3),
        cut,
        ...restarted,
        { do: "backup" },
      ],
    });
  });

/** Bytes of all files of a tree. */
function bytesIn(tree: Scenario["tree"]): number {
  return Object.values(tree).reduce((sum, node) => {
    const content = node !== null && "content" in node ? node.content : undefined;
    return sum + (content === undefined ? 0 : contentBytes(content).length);
  }, 0);
}

/** Situations about uploads that take several requests. */
export const UPLOAD_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "uploads that failed go on", topic: "backup", arbitrary: failedUploadsArbitrary },
  { name: "uploads for which there is just room", topic: "backup", arbitrary: justRoomArbitrary },
];
