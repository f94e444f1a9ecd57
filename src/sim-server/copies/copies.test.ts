import { expect, test } from "vitest";

import { ownBytes } from "./own-bytes.ts";
import { ownText } from "./own-text.ts";
import { keptBytes } from "./testing/kept-bytes.ts";

const COUNT = 500;
const LARGE = 100_000;

test("a copy of a piece of a text keeps nothing but itself, and says the same", () => {
  const before = keptBytes();
  const pieces = Array.from({ length: COUNT }, (_, index) => {
    const large = Buffer.alloc(LARGE, `${index} is a number `).toString("latin1");
    return ownText(large.slice(100, 200));
  });
  expect(keptBytes() - before).toBeLessThan(COUNT * 2_000);
  expect(pieces[7]).toBe(Buffer.alloc(LARGE, "7 is a number ").toString("latin1").slice(100, 200));
  for (const text of [
    "",
    "a",
    "half a character \ud800 in it",
    "セキュリティ領域のフォルダー名😀",
  ]) {
    expect(ownText(text)).toBe(text);
  }
});

test("a copy of bytes has memory of its own, of its own size", () => {
  const pieces = [Buffer.from("one"), Buffer.alloc(0), Buffer.alloc(LARGE).subarray(1, 3)];
  const own = ownBytes(pieces);
  expect(own).toEqual(Buffer.concat(pieces));
  expect(own.buffer.byteLength).toBe(5);
});
