import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

/** A seed with which somebody browses at the end. */
const BROWSED = { every: 4, rest: 1 } as const;

/** Folders whose pages are full, or one entry more or fewer, and end where those of the service do, or elsewhere. */
const browsedFoldersArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom<"same" | "half" | "other">("same", "same", "half", "other"),
  )
  .map(([around, rowCount, service]) => {
    const listed = { same: rowCount, half: Math.ceil(rowCount / 2), other: 3 };
    const counts = [rowCount, rowCount + 1, 2 * rowCount, 3 * rowCount - 1, 3 * rowCount];
    const tree = Object.fromEntries(
      counts.flatMap((count, folder) =>
        Array.from({ length: count }, (_, at): [string, Scenario["tree"][string]] => [
          `${ROOT}/${folder}/${at}`,
          at % 3 === 2 ? null : { content: { text: `${at}` } },
        ]),
      ),
    );
    const { seed } = around;
    return {
      ...directedScenario(around, {
        tuning: { ...around.tuning, historyPageRowCount: rowCount },
        serviceTuning: { listingPageEntryCountMax: listed[service] },
        timeline: [{ do: "backup" }],
      }),
      seed: seed - (seed % BROWSED.every) + BROWSED.rest,
      tree,
    };
  });

/** Situations about what is looked at on the service. */
export const BROWSED_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "pages of a folder", topic: "backup", arbitrary: browsedFoldersArbitrary },
];
