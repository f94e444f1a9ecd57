import * as fc from "fast-check";
import { expect, test } from "vitest";

import { comparePathOrder, needsPathOrder, upperBound } from "./path-order.ts";

const text = fc.string({
  unit: fc.constantFrom("a", "/", "ｱ", "\ue000", "\uffff", "😀", "𠮷", "é"),
});

test("orders texts as their UTF-8 bytes", () => {
  fc.assert(
    fc.property(text, text, (left, right) => {
      const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
      expect(Math.sign(comparePathOrder(left, right))).toBe(bytes);
      const codeUnits = left === right ? 0 : left < right ? -1 : 1;
      expect(needsPathOrder(left + right) || codeUnits === bytes).toBe(true);
    }),
  );
});

test("finds the first item behind a key", () => {
  fc.assert(
    fc.property(fc.uniqueArray(text), text, (items, key) => {
      const sorted = items.toSorted(comparePathOrder);
      const index = upperBound(sorted, key, (item) => item);
      expect(sorted.slice(0, index).every((item) => comparePathOrder(item, key) <= 0)).toBe(true);
      expect(sorted.slice(index).every((item) => comparePathOrder(item, key) > 0)).toBe(true);
    }),
  );
});
