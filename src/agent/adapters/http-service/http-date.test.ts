import { expect, test } from "vitest";

import { parseHttpDate } from "./http-date.ts";

const AT_MS = Date.UTC(1994, 10, 6, 8, 49, 37);

test.each([
  ["Sun, 06 Nov 1994 08:49:37 GMT", AT_MS],
  ["Sun Nov  6 08:49:37 1994", AT_MS],
  ["Sunday, 06-Nov-26 08:49:37 GMT", Date.UTC(2026, 10, 6, 8, 49, 37)],
  ["Thu, 31 Dec 2026 23:59:60 GMT", Date.UTC(2027, 0, 1)],
])("%s is a moment", (text, wanted) => {
  expect(parseHttpDate(text)).toBe(wanted);
});

test.each([
  "",
  "0",
  "Sun, 06 Nov 1994 08:49:37",
  "Sun, 06 Nov 1994 08:49:37 +0900",
  "Sun, 31 Feb 1994 08:49:37 GMT",
  "Sun, 06 Foo 1994 08:49:37 GMT",
  "Sun, 06 Nov 1994 24:00:00 GMT",
  " Sun, 06 Nov 1994 08:49:37 GMT",
  "1994-11-06T08:49:37Z",
])("%j is none", (text) => {
  expect(parseHttpDate(text)).toBeUndefined();
});
