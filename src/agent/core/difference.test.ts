import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anIndexEntry, aStat } from "../testing/fixtures.ts";
import { isSettled, isUnchanged } from "./difference.ts";

describe("a file", () => {
  test("is unchanged when size, modification time and change time are what they were", () => {
    expect(isUnchanged(aStat(), anIndexEntry())).toBe(true);
  });

  test.each([
    ["size", aStat({ sizeBytes: 6 })],
    ["modification time, by a nanosecond", aStat({ modifiedAtNs: 1_001n })],
    ["modification time, backwards", aStat({ modifiedAtNs: 999n })],
    ["change time", aStat({ changedAtNs: 1_001n })],
  ])("has changed when its %s differs", (_, stat) => {
    expect(isUnchanged(stat, anIndexEntry())).toBe(false);
  });

  test("is read again when it was not settled, whatever its times", () => {
    expect(isUnchanged(aStat(), anIndexEntry({ settled: false }))).toBe(false);
  });
});

describe("being settled", () => {
  const readAtMs = Date.UTC(2026, 10, 21);
  const readAtNs = BigInt(readAtMs) * 1_000_000n;
  const GRAIN_NS = 2_000_000_000n;

  test("takes both times to lie more than two seconds before the reading", () => {
    const age = fc.bigInt({ min: -GRAIN_NS * 2n, max: GRAIN_NS * 2n });
    fc.assert(
      fc.property(age, age, (modifiedAgeNs, changedAgeNs) => {
        const modifiedAtNs = readAtNs - modifiedAgeNs;
        const changedAtNs = readAtNs - changedAgeNs;
        const wanted = modifiedAgeNs > GRAIN_NS && changedAgeNs > GRAIN_NS;
        expect(isSettled(aStat({ modifiedAtNs, changedAtNs }), readAtMs)).toBe(wanted);
      }),
    );
  });

  test.each([
    ["1969", -1_000_000_000n, true],
    ["2100", BigInt(Date.UTC(2100, 0, 1)) * 1_000_000n, false],
  ])("is decided for a file of %s too", (_, modifiedAtNs, wanted) => {
    expect(isSettled(aStat({ modifiedAtNs, changedAtNs: 0n }), readAtMs)).toBe(wanted);
  });
});
