import * as fc from "fast-check";

import { EDITION_RULES, type Edition, type Plan } from "../../../../protocol/edition.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import {
  directedScenario,
  LARGE,
  LARGE_NAME,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

const TARGET_NAME = "target file";
const LARGE_SIZE = 20_000;

/**
 * Files that change until two more generations than the plan keeps were stored, in a contract that is full
 * by then or has a little room: what falls makes room for what comes, to the byte. Then old ones are
 * restored, the oldest that is there and one that fell out.
 */
function lifeOfFiles(edition: Edition, plan: Plan): fc.Arbitrary<Scenario> {
  const keptCount = EDITION_RULES[edition].plans[plan]?.generationCount ?? 1;
  return fc
    .record({
      around: surroundingsArbitrary(false),
      sizes: fc.array(fc.constantFrom(300, 300, 299, 301), {
        minLength: keptCount + 3,
        maxLength: keptCount + 3,
      }),
      freeBytes: fc.constantFrom(0, 0, 1, 299, 300, 100_000),
      fullFromCount: fc.constantFrom(keptCount, keptCount, keptCount + 1, 1),
      isLarge: fc.boolean(),
      touchedAt: fc.nat({ max: keptCount }),
      compareUpload: fc.boolean(),
    })
    .map(({ around, sizes, freeBytes, fullFromCount, isLarge, touchedAt, compareUpload }) => {
      const path = isLarge ? LARGE : TARGET;
      const grownBy = isLarge ? LARGE_SIZE : 0;
      const name = isLarge ? LARGE_NAME : TARGET_NAME;
      const restored = (generation: number): Step => ({
        do: "restore",
        from: { source: 0, path: name, entryKind: "file" },
        to: "/restored",
        generation,
        onConflict: "overwrite",
      });
      return directedScenario(around, {
        edition,
        plan,
        compareUpload,
        timeline: [
          ...sizes.flatMap((size, index): Step[] => [
            { do: "write", path, content: { size: grownBy + size, seed: 40 + index } },
            ...(index === touchedAt ? [{ do: "touch", path } as const] : []),
            ...(index >= fullFromCount ? [{ do: "set-free", bytes: freeBytes } as const] : []),
            { do: "backup" },
          ]),
          restored(sizes.length - keptCount + 1),
          restored(sizes.length - keptCount),
          restored(sizes.length),
        ],
      });
    });
}

/** A new file, or several, in a contract that has just the room for all of it, a byte less, or a byte more. */
const justFits: fc.Arbitrary<Scenario> = fc
  .record({
    around: surroundingsArbitrary(false),
    sizes: fc.array(fc.constantFrom(0, 1, 100, 5_000, 20_000), { minLength: 1, maxLength: 3 }),
    lackingBytes: fc.constantFrom(0, 0, 0, 1, -1),
  })
  .map(({ around, sizes, lackingBytes }) => {
    const neededBytes = sizes.reduce<number>((sum, size) => sum + size, 0);
    return directedScenario(around, {
      timeline: [
        { do: "backup" },
        ...sizes.map((size, index): Step => ({
          do: "write",
          path: `${TARGET} ${index}`,
          content: { size, seed: 60 + index },
        })),
        { do: "set-free", bytes: neededBytes - lackingBytes },
        { do: "backup" },
        { do: "write", path: `${TARGET} empty`, content: { size: 0, seed: 0 } },
        { do: "backup" },
      ],
    });
  });

/** Situations about generations, and about the room that they take. */
export const GENERATION_SITUATIONS = [
  {
    name: "three generations",
    topic: "backup",
    arbitrary: lifeOfFiles("flets-azukeru-pro", "free"),
  },
  { name: "ten generations", topic: "backup", arbitrary: lifeOfFiles("office-anshin", "standard") },
  { name: "what just fits", topic: "backup", arbitrary: justFits },
] as const;
