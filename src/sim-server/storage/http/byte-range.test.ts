import * as fc from "fast-check";
import { expect, test } from "vitest";

import { parseByteRange, sliceChunks } from "./byte-range.ts";

test("slices pieces as if they were one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 5 })),
      fc.nat({ max: 20 }),
      fc.nat({ max: 20 }),
      (pieces, first, length) => {
        const chunks = pieces.map((piece) => Buffer.from(piece));
        const whole = Buffer.concat(chunks);
        const slice = Buffer.concat(sliceChunks(chunks, first, first + length));
        expect(slice).toEqual(whole.subarray(first, first + length + 1));
      },
    ),
  );
});

test("never names a byte outside the file", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("0", "1", "9", "-", ",", " ") }),
      fc.nat({ max: 20 }),
      (spec, size) => {
        const range = parseByteRange(`bytes=${spec}`, size);
        const valid =
          range.kind !== "part" ||
          (range.first >= 0 && range.first <= range.last && range.last < size);
        expect(valid).toBe(true);
      },
    ),
  );
});
