import { expect, test } from "vitest";

import { boundedJson } from "./bounded-json.ts";

test.each([
  '{"entries":[{"path":"a[[[[[[[[[[[[[[[[[[[[b","n":1}],"nextPageToken":null}',
  String.raw`{"a":"\\","b":"\"[[[[[[[[[[[[[[[[[[[[","c":["\\\"{"]}`,
  "null",
  "  [ ]  ",
])("reads %s as JSON.parse does", (text) => {
  expect(boundedJson(Buffer.from(text))).toEqual(JSON.parse(text));
});

test("reads a page as large as there is", () => {
  const entry = { kind: "file", path: "x".repeat(3_000), sizeBytes: 1, etag: "e", id: "1" };
  const page = { entries: Array.from({ length: 1_000 }, () => entry), nextPageToken: null };

  expect(boundedJson(Buffer.from(JSON.stringify(page)))).toEqual(page);
});

test.each([
  ["is no JSON", "<html>"],
  ["is cut", '{"entries":[{"path":"a'],
  ["is nested too deep", `${"[".repeat(17)}${"]".repeat(17)}`],
  ["has too many arrays", `[${"[],".repeat(20_001)}0]`],
  ["has too many values", `[${"0,".repeat(400_001)}0]`],
])("refuses a text that %s", (_, text) => {
  expect(boundedJson(Buffer.from(text))).toBeUndefined();
});

test.each([
  ["deep", "[".repeat(15_000_000)],
  ["wide", "[[],".padEnd(15_000_000, "[],")],
  ["of escapes", String.raw`["${"\\".repeat(7_500_000)}"]`],
])("15 MB that are %s take less memory than they are large, again and again", (_, text) => {
  const bytes = Buffer.from(text);
  const before = process.memoryUsage().heapUsed;
  const value = boundedJson(bytes);
  const usedBytes = process.memoryUsage().heapUsed - before;

  expect(usedBytes).toBeLessThan(64 * 1024 * 1024);
  expect(value === undefined || Array.isArray(value)).toBe(true);
});
