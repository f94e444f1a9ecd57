import * as fc from "fast-check";
import { expect, test } from "vitest";

import { writtenRuns } from "./written-runs.ts";

const BLOCK = 4096;

/** A file made of runs of zeros and of ones, cut into pieces anywhere. */
const fileArbitrary = fc.record({
  runs: fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 3 * BLOCK })), { maxLength: 6 }),
  cuts: fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 5 }),
});

test("what is written and what stays a hole give the file, and no whole block of zeros is written", () => {
  fc.assert(
    fc.property(fileArbitrary, ({ runs, cuts }) => {
      const file = Buffer.concat(runs.map(([isZero, size]) => Buffer.alloc(size, isZero ? 0 : 1)));
      const written = Buffer.alloc(file.length);
      for (let at = 0, turn = 0; at < file.length; turn += 1) {
        const piece = file.subarray(at, at + (cuts[turn % cuts.length] ?? 1));
        for (const { offset, bytes } of writtenRuns(piece, at)) {
          written.set(bytes, at + offset);
          for (let block = 0; block < bytes.length; block += BLOCK) {
            const isWhole = (at + offset + block) % BLOCK === 0 && block + BLOCK <= bytes.length;
            const part = bytes.subarray(block, block + BLOCK);
            expect(isWhole && part.every((byte) => byte === 0)).toBe(false);
          }
        }
        at += piece.length;
      }
      expect(written.equals(file)).toBe(true);
    }),
  );
});

test("blocks that follow each other come as one part, without a copy", () => {
  const piece = Buffer.alloc(3 * BLOCK, 7);

  const runs = writtenRuns(piece, 10 * BLOCK);

  expect(runs.map(({ offset, bytes }) => [offset, bytes.length])).toEqual([[0, 3 * BLOCK]]);
  expect(runs[0]?.bytes.buffer).toBe(piece.buffer);
});
