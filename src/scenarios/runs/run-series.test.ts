import { expect, test } from "vitest";

import { firstPassRunCount } from "./plan.ts";
import { runSeries } from "./run-series.ts";

test("brings about everything once, however long that takes, and begins no more when time is up", async () => {
  const result = await runSeries({
    seed: 1,
    runCount: 1000,
    only: "delete",
    workerCount: 2,
    regressionFiles: [],
    isTimeUp: () => true,
    failsFast: false,
    shrinkTriesMax: 1,
    onOutcome: () => undefined,
  });

  expect(result.doneCount).toBe(firstPassRunCount("delete"));
  expect(result.ledger.missed()).toEqual([]);
  expect(result.wasCutShort).toBe(true);
  expect(result.failed).toEqual([]);
}, 120_000);
