import { expect, test } from "vitest";

import { runThirtyDays } from "../torture/thirty-days/run-thirty-days.ts";

test("what lived through days of changes comes back as it is", async () => {
  const { comparison, incomplete } = await runThirtyDays({
    seed: "20261126",
    dayCount: 3,
    // `make torture` has 20,000 entries and thirty days.
    entryCount: 200,
    changesADay: 80,
    except: new Set(["mounts"]),
    onDay: () => undefined,
  });

  expect(incomplete).toEqual([]);
  expect(comparison.differences).toEqual([]);
  expect(comparison.fileCount).toBeGreaterThan(100);
}, 300_000);
