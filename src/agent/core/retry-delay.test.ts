import * as fc from "fast-check";
import { expect, test } from "vitest";
import { retryDelayMs } from "./retry-delay.ts";

const SPACING = { retryDelayMs: 1_000, retryDelayMsMax: 60_000 };

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test("the pause doubles from try to try, spread over its upper half, up to the longest", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), chance, (attempt, random) => {
      const whole = Math.min(1_000 * 2 ** (attempt - 1), 60_000);

      const delayMs = retryDelayMs(SPACING, attempt, random);

      expect(delayMs).toBeGreaterThanOrEqual(whole / 2);
      expect(delayMs).toBeLessThanOrEqual(whole);
    }),
  );
});

test("the pause follows chance, so that agents that failed together come back apart", () => {
  const delays = [0, 0.25, 0.5, 0.75].map((random) => retryDelayMs(SPACING, 3, random));

  expect(delays).toEqual([2_000, 2_500, 3_000, 3_500]);
});
