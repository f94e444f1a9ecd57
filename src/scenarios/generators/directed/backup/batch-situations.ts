import * as fc from "fast-check";

import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

type StorageFault = NonNullable<RunFaults["storage"]>[number];

/** Files that go together, in the order in which they are sent. */
const NAMES = ["part 1", "part 2", "part 3", "part 4", "part 5"] as const;

/** One more, whose bytes alone are damaged on the way. */
const DAMAGED = "part 6";

/** So often each of them is refused for the moment; a batch is sent again as often as any of them. */
const refusalCounts = fc.tuple(...NAMES.map(() => fc.constantFrom(0, 0, 1, 2, 3)));

/** What befalls a batch, or the bytes of one part of it, on the way. */
type WholeFault = Extract<
  StorageFault,
  { readonly kind: "reset" | "reset-after-commit" | "corrupt-request-body" }
>;

/** What befalls a batch as a whole, at one of its tries. */
const WHOLE: fc.Arbitrary<StorageFault | undefined> = fc.option(
  fc
    .tuple(
      fc.constantFrom<WholeFault>(
        { kind: "reset" },
        { kind: "reset-after-commit" },
        { kind: "corrupt-request-body" },
        { kind: "corrupt-request-body", resealed: true },
        { kind: "corrupt-request-body", resealed: true, path: `**/${DAMAGED}` },
        { kind: "corrupt-request-body", resealed: true, path: `**/${DAMAGED}` },
      ),
      fc.integer({ min: 1, max: 2 }),
    )
    .map(([fault, nth]): StorageFault => ({
      ...fault,
      operation: "batchUpload",
      // What is taken at once comes only once.
      nth: fault.kind === "corrupt-request-body" && fault.path !== undefined ? 1 : nth,
    })),
  { nil: undefined, freq: 2 },
);

/** One file is refused for good, or for the moment each time, to the end of the run. */
const FINAL = fc.option(
  fc.record({ name: fc.constantFrom(...NAMES), status: fc.constantFrom(403, 503) }),
  { nil: undefined, freq: 2 },
);

/**
 * Parts of a batch that the service refuses for the moment, each of them as often as it likes, so that every try has
 * fewer than the one before; one may be refused for good, and a try may fail as a whole. Then each file is
 * another one, or has another mode, and it all happens once more.
 */
const refusedPartsArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.tuple(refusalCounts, refusalCounts),
    fc.constantFrom(429, 503),
    fc.tuple(WHOLE, WHOLE),
    fc.tuple(FINAL, FINAL),
    fc.shuffledSubarray([...NAMES], { minLength: 2, maxLength: NAMES.length }),
  )
  .map(([around, [first, second], status, [wholeFirst, wholeSecond], finals, rewritten]) => {
    const size = 100;
    const backup = (
      counts: readonly number[],
      whole: StorageFault | undefined,
      refused: { readonly name: string; readonly status: number } | undefined,
    ): Step => ({
      do: "backup",
      faults: {
        storage: [
          ...NAMES.flatMap((name, at): StorageFault[] => {
            const part = {
              kind: "status",
              operation: "batchUpload",
              path: `**/${name}`,
              scope: "part",
            } as const;
            if (name === refused?.name)
              return [{ ...part, status: refused.status, times: "forever" }];
            const times = counts[at] ?? 0;
            return times === 0 ? [] : [{ ...part, status, times }];
          }),
          ...(whole === undefined ? [] : [whole]),
        ],
      },
    });
    return directedScenario(around, {
      // What is small goes together, whatever else is drawn.
      tuning: {
        ...around.tuning,
        batchedFileBytesMax: 512,
        batchBytesMax: 65_536,
        batchPartCountMax: 64,
      },
      tree: Object.fromEntries(
        [...NAMES, DAMAGED].map((name, at) => [
          `${ROOT}/${name}`,
          { content: { size, seed: 30 + at } },
        ]),
      ),
      timeline: [
        backup(first, wholeFirst, finals[0]),
        { do: "wait", ms: 5000 },
        { do: "write", path: `${ROOT}/${DAMAGED}`, content: { size, seed: 70 } },
        ...NAMES.map((name, at): Step => {
          const path = `${ROOT}/${name}`;
          return rewritten.includes(name)
            ? { do: "write", path, content: { size, seed: 60 + at } }
            : { do: "chmod", path, mode: "0600" };
        }),
        backup(second, wholeSecond, finals[1]),
      ],
    });
  });

/** Situations about files that go together. */
export const BATCH_SITUATIONS: readonly DirectedGenerator[] = [
  {
    name: "parts of a batch are refused for the moment",
    topic: "backup",
    arbitrary: refusedPartsArbitrary,
  },
];
