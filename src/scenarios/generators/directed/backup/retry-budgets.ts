import * as fc from "fast-check";

import type { OperationId } from "../../../../protocol/http/operation-ids.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { directedScenario, nameOf, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

const NEVER = `${ROOT}/1 that is never taken`;
const WELL = `${ROOT}/2 that goes well`;
const LONG = `${ROOT}/3 that takes long`;

/** With these pauses so many failures take more than half of the budget, and never all of it. */
const TUNING = { retryBudgetMs: 60_000, retryDelayMs: 500, retryDelayMsMax: 4000 };
const FAILURE_COUNTS = { min: 12, max: 14 } as const;

/** One file fails for good, and another one behind it, after one that goes well, for most of a budget. */
function failing(operation: OperationId, times: number): RunFaults {
  const fault = { kind: "status" as const, status: 503, operation: [operation] };
  return {
    storage: [
      { ...fault, path: `**/${nameOf(NEVER)}`, times: "forever" },
      { ...fault, path: `**/${nameOf(LONG)}`, times },
    ],
  };
}

/** The budget of retries is spent on one file, and begins anew once another one went well (D10); in a backup and in a restore. */
export const retryBudgetsArbitrary: fc.Arbitrary<Scenario> = fc
  .tuple(surroundingsArbitrary(false), fc.integer(FAILURE_COUNTS), fc.integer(FAILURE_COUNTS))
  .map(([around, sentTimes, fetchedTimes]) =>
    directedScenario(around, {
      tuning: {
        ...around.tuning,
        ...TUNING,
        parallelUploadCount: 1,
        parallelDownloadCount: 1,
        // Each file in a request of its own.
        batchedFileBytesMax: 1,
        wholeFileBytesMax: 8192,
      },
      tree: {
        [NEVER]: { content: { size: 300, seed: 51 } },
        [WELL]: { content: { size: 300, seed: 52 } },
        [LONG]: { content: { size: 300, seed: 53 } },
      },
      timeline: [
        { do: "backup", faults: failing("putFile", sentTimes) },
        { do: "backup" },
        {
          do: "restore",
          from: { source: 0 },
          to: "/restored",
          faults: failing("getFile", fetchedTimes),
        },
      ],
    }),
  );
