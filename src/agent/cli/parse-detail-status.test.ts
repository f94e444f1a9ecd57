import { expect, test } from "vitest";

import { parseDetailStatus } from "./parse-detail-status.ts";

test.each([
  ["access-denied", "access-denied"],
  ["未完了（アクセス不可）", "access-denied"],
  ["未完了 (中断)", "interrupted"],
  ["Incomplete (communication error)", "communication-error"],
  ["完了", "completed"],
  ["差分無し", "no-difference"],
  ["対象外", "excluded"],
])("%s is %s", (text, status) => {
  expect(parseDetailStatus(text)).toBe(status);
});

test.each(["", "未完了", "complete"])("%j is no status", (text) => {
  expect(() => parseDetailStatus(text)).toThrow("usage.status");
});
