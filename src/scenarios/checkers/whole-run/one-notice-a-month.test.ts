import { describe, expect, test } from "vitest";

import type { NoticeFact } from "../../observation/notice-fact.ts";
import { oneNoticeAMonth } from "./one-notice-a-month.ts";

const USAGE = { plan: "standard", quotaBytes: 10, usedBytes: 3, freeBytes: 7 };

function notice(at: string, told: boolean, change: Partial<NoticeFact> = {}): NoticeFact {
  return {
    // oxlint-disable-next-line no-restricted-globals -- reads a text; asks no clock
    wallMs: Date.parse(at),
    zone: "Asia/Tokyo",
    isWanted: true,
    isServiceThere: true,
    told: told ? USAGE : null,
    truth: USAGE,
    ...change,
  };
}

function countOf(...notices: readonly NoticeFact[]): number {
  return oneNoticeAMonth({ notices, pc: undefined }).length;
}

describe("the usage notice", () => {
  test("is told once in a month of the PC's zone", () => {
    const first = notice("2026-11-30T14:59:00Z", true);
    expect(countOf(first, notice("2026-11-30T14:59:30Z", false))).toBe(0);
    expect(countOf(first, notice("2026-11-30T15:00:00Z", true))).toBe(0);
    expect(countOf(first, notice("2026-11-30T14:59:30Z", true))).toBe(1);
    expect(countOf(first, notice("2026-11-30T15:00:00Z", false))).toBe(1);
  });

  test("is told at the first start that finds the service, and may be lacking where nobody knows", () => {
    const away = notice("2026-11-01T00:00:00Z", false, { isServiceThere: false });
    expect(countOf(away, notice("2026-11-02T00:00:00Z", true))).toBe(0);
    expect(countOf(away, notice("2026-11-02T00:00:00Z", false))).toBe(1);
    expect(countOf(notice("2026-11-02T00:00:00Z", false, { isServiceThere: undefined }))).toBe(0);
  });

  test("is not told where it is not wanted, and tells what is so", () => {
    expect(countOf(notice("2026-11-01T00:00:00Z", true, { isWanted: false }))).toBe(1);
    expect(countOf(notice("2026-11-01T00:00:00Z", false, { isWanted: false }))).toBe(0);
    const truth = { ...USAGE, usedBytes: 4, freeBytes: 6 };
    expect(countOf(notice("2026-11-01T00:00:00Z", true, { truth }))).toBe(1);
  });
});
