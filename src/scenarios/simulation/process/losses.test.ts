import { expect, test } from "vitest";

import { losses } from "./losses.ts";

const SETTING = '{"name":"compareUpload","value":1}';
const ENDED = '{"id":1,"status":"completed"}';
const RUNNING = '{"id":2,"status":"running"}';
const INDEXED = '{"path":"one"}';

test("finds nothing where everything is as it was, or more", () => {
  const before = new Map([["setting", [SETTING]]]);
  expect(losses(before, new Map([["setting", [SETTING, "more"]]]))).toEqual([]);
});

test("misses what people were told at any time", () => {
  const before = new Map([
    ["setting", [SETTING]],
    ["job", [ENDED, RUNNING]],
  ]);
  const after = new Map([["job", [RUNNING]]]);
  expect(losses(before, after)).toEqual(["a row of setting is gone", "a row of job is gone"]);
});

test("misses what a job under way noted only once it ended", () => {
  const tables = (job: string): Map<string, string[]> =>
    new Map([
      ["job", [job]],
      ["file_index", [INDEXED]],
    ]);
  expect(losses(tables(RUNNING), new Map())).toEqual([]);
  expect(losses(tables(ENDED), new Map([["job", [ENDED]]]))).toEqual([
    "a row of file_index is gone",
  ]);
});
