import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SeededRandom } from "./seeded-random.ts";

const draws = (random: SeededRandom): number[] => Array.from({ length: 20 }, () => random.random());

describe("seeded random", () => {
  test("gives the same numbers for the same seed", () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        expect(draws(new SeededRandom(seed))).toEqual(draws(new SeededRandom(seed)));
      }),
    );
  });

  test("forks depend on the label, not on what was drawn before", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat({ max: 50 }), (seed, label, drawn) => {
        const used = new SeededRandom(seed);
        for (let count = 0; count < drawn; count += 1) used.random();
        expect(draws(used.fork(label))).toEqual(draws(new SeededRandom(seed).fork(label)));
      }),
    );
  });

  test("stays within its limits", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 2 ** 40 }), (seed, limit) => {
        const random = new SeededRandom(seed);
        const number = random.random();
        const whole = random.int(limit);
        expect(number >= 0 && number < 1 && whole >= 0 && whole < limit).toBe(true);
        expect(Number.isInteger(whole)).toBe(true);
      }),
    );
  });

  test("gives this stream for this seed on every machine", () => {
    const random = new SeededRandom("pinned");
    expect([random.int(1000), random.int(1000), random.hex(6)]).toMatchInlineSnapshot(`
      [
        411,
        628,
        "69857da01087",
      ]
    `);
  });

  test("spreads evenly over sixteen buckets", () => {
    const random = new SeededRandom(1);
    const buckets = Array.from({ length: 16 }, () => 0);
    for (let count = 0; count < 64_000; count += 1) {
      const bucket = random.int(16);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 4000)).toBeLessThan(300);
  });
});
