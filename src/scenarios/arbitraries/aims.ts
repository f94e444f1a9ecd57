import * as fc from "fast-check";

import type { Step } from "../data/step.ts";
import type { Scenario } from "../scenario.ts";
import { directedCells } from "./directed-cells.ts";
import { directedScenario, ROOT, SECOND, surroundingsArbitrary, TARGET } from "./surroundings.ts";

/** What a run aims at, and what makes it happen. */
export interface Aim {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}

const LARGE = `${ROOT}/large file`;

/** A backup stopped in the middle of its uploads, and one that has to go on where it stopped. */
const resumeArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 2, max: 12 }),
    fc.constantFrom<"interrupt" | "close-tool" | "kill">("interrupt", "close-tool", "kill"),
    fc.constantFrom<"request" | "commit">("request", "commit"),
    fc.integer({ min: 3, max: 6 }),
  )
  .map(([around, nth, act, at, appendCount]) => {
    const { wholeFileBytesMax = 4096, appendBytes = 4096 } = around.tuning;
    const size = wholeFileBytesMax + appendCount * appendBytes;
    const timeline: Step[] = [
      { do: "write", path: LARGE, content: { size, seed: 77 } },
      { do: "wait", ms: 5000 },
      {
        do: "backup",
        disturbances: [
          { when: { at, nth: at === "commit" ? Math.ceil(nth / 2) : nth }, what: { do: act } },
        ],
      },
      { do: "backup" },
    ];
    return directedScenario(around, { timeline });
  });

/** Bytes that are spoiled on their way, in either direction, a few times. */
const spoiledArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.constantFrom<"corrupt-request-body" | "wrong-digest">(
      "corrupt-request-body",
      "wrong-digest",
    ),
    fc.constantFrom<"putFile" | "batchUpload" | "appendUpload">(
      "putFile",
      "batchUpload",
      "appendUpload",
    ),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([around, kind, operation, times]) =>
    directedScenario(around, {
      timeline: [
        { do: "write", path: TARGET, content: { size: 3000, seed: 5 } },
        { do: "write", path: LARGE, content: { size: 20_000, seed: 6 } },
        { do: "backup", faults: { storage: [{ kind, operation, times }] } },
      ],
    }),
  );

/** A file that changes at some of its readings, fewer than it is tried again. */
const unsteadyArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.boolean(),
    fc.boolean(),
    fc.constantFrom<"kept" | "moved">("kept", "moved"),
  )
  .map(([around, isLarge, isTwice, time]) => {
    const size = isLarge ? 20_000 : 300;
    const count = isTwice && (around.tuning.unstableFileRetryCount ?? 3) > 1 ? 2 : 1;
    const timeline: Step[] = [
      { do: "write", path: TARGET, content: { size, seed: 5 } },
      { do: "write", path: SECOND, content: { size: 200, seed: 6 } },
      { do: "wait", ms: 5000 },
      {
        do: "backup",
        disturbances: Array.from({ length: count }, (_, index) => ({
          when: { at: "read" as const, path: TARGET, nth: index + 1 },
          what: {
            do: time === "kept" ? ("write-keeping-time" as const) : ("write" as const),
            path: TARGET,
            content: { size, seed: 100 + index },
          },
        })),
      },
    ];
    return directedScenario(around, { timeline });
  });

/** Two PCs of one contract back the same folder up at the same time, while a person works there too. */
const neighbourArbitrary: fc.Arbitrary<Scenario> = surroundingsArbitrary(false).map((around) =>
  directedScenario(around, {
    timeline: [
      { do: "store-elsewhere", name: "theirs", size: 300 },
      {
        do: "backup",
        withNeighbour: true,
        disturbances: [
          {
            when: { at: "request", nth: 4 },
            what: { do: "store-elsewhere", name: "theirs too", size: 200 },
          },
        ],
      },
      { do: "write", path: TARGET, content: { size: 350, seed: 9 } },
      { do: "backup", withNeighbour: true },
    ],
  }),
);

/** Everything that is aimed at: every declared cell, and what random search seldom brings together. */
export function aims(): readonly Aim[] {
  return [
    ...directedCells().map(({ cause, phase, arbitrary }) => ({
      name: `${cause} ${phase}`,
      arbitrary,
    })),
    { name: "resume", arbitrary: resumeArbitrary },
    { name: "spoiled bytes", arbitrary: spoiledArbitrary },
    { name: "unsteady file", arbitrary: unsteadyArbitrary },
    { name: "neighbour", arbitrary: neighbourArbitrary },
  ];
}
