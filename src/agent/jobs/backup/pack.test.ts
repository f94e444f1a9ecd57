import * as fc from "fast-check";
import { expect, test } from "vitest";
import { aNewFile, aTarget, smallTuning } from "../../testing/fixtures.ts";
import { Packer, type SendUnit } from "./pack.ts";

const TUNING = smallTuning({ batchBytesMax: 25, batchPartCountMax: 4 });

function packed(sizes: readonly number[]): readonly SendUnit[] {
  const packer = new Packer(TUNING);
  const units = sizes.flatMap((size, index) => packer.add(aNewFile(size, `${index}`)));
  return [...units, ...packer.flush()];
}

function keysOf(units: readonly SendUnit[], kind: SendUnit["kind"]): string[] {
  return units
    .filter((unit) => unit.kind === kind)
    .flatMap(({ targets }) => targets.map(({ key }) => key));
}

test("every target is in exactly one unit of its kind, in order, within the bounds of a batch", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 })), (sizes) => {
      const units = packed(sizes);

      const keys = (from: number, to: number): string[] =>
        sizes.flatMap((size, index) => (size >= from && size <= to ? [`${index}`] : []));
      expect(keysOf(units, "batch")).toEqual(keys(0, 10));
      expect(keysOf(units, "whole")).toEqual(keys(11, 20));
      expect(keysOf(units, "large")).toEqual(keys(21, 30));
      for (const { kind, targets } of units) {
        const sizeBytes = targets.reduce((sum, { stat }) => sum + stat.sizeBytes, 0);
        expect(targets.length).toBeGreaterThan(0);
        expect(targets.length).toBeLessThanOrEqual(kind === "batch" ? 4 : 1);
        expect(kind !== "batch" || sizeBytes <= 25).toBe(true);
      }
    }),
  );
});

test("a batch is filled as far as it goes", () => {
  const units = packed([10, 10, 5, 1, 1, 1, 1, 1]);

  expect(units.map(({ targets }) => targets.length)).toEqual([3, 4, 1]);
});

test("a folder weighs nothing, whatever size the disk gives it", () => {
  const packer = new Packer(TUNING);
  const folder = {
    ...aTarget({ key: "d/" }),
    known: undefined,
    isUnchanged: false,
    isModeSaved: true,
  };

  const units = packer.add({ ...folder, stat: { ...folder.stat, sizeBytes: 4_096 } });

  expect(units).toEqual([]);
  expect(packer.flush()).toMatchObject([{ kind: "batch", targets: [{ key: "d/" }] }]);
});
