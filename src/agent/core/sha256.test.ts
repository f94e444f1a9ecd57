import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sha256Hex, startSha256 } from "./sha256.ts";

test("of nothing is what FIPS 180-4 says", () => {
  expect(sha256Hex(new Uint8Array(0))).toBe(
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  );
});

test("fed piece by piece is that of the whole", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (pieces) => {
      const running = startSha256();
      for (const piece of pieces) running.update(piece);

      expect(running.hex()).toBe(sha256Hex(Buffer.concat(pieces)));
    }),
  );
});
