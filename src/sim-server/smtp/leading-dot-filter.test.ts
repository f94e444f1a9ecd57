import * as fc from "fast-check";
import { expect, test } from "vitest";

import { LeadingDotFilter } from "./leading-dot-filter.ts";

function passed(...pieces: readonly string[]): string {
  const filter = new LeadingDotFilter();
  return Buffer.concat(pieces.map((piece) => filter.pass(Buffer.from(piece)))).toString();
}

test.each([
  [".a\r\n.\r\n", "a\r\n.\r\n"],
  ["..a\r\n.\r\n", "..a\r\n.\r\n"],
  ["a.b\r\n.c\r\n.\r\n", "a.b\r\nc\r\n.\r\n"],
  [".\r\n", ".\r\n"],
  ["\r\n.\r\nQUIT\r\n.x\r\n", "\r\n.\r\nQUIT\r\n.x\r\n"],
  [".\rx\r\n.\r\n", "\rx\r\n.\r\n"],
  ["a\n.b\r\n.\r\n", "a\n.b\r\n.\r\n"],
])("passes %j on as %j, however it is cut", (content, expected) => {
  fc.assert(
    fc.property(fc.nat(content.length), fc.nat(content.length), (one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      const pieces = [content.slice(0, from), content.slice(from, to), content.slice(to)];
      expect(passed(...pieces)).toBe(expected);
    }),
  );
});
