import { expect, test } from "vitest";
import { LIMITS } from "./limits.ts";

test("every limit is a whole number above zero", () => {
  for (const limit of Object.values(LIMITS)) {
    expect(Number.isSafeInteger(limit)).toBe(true);
    expect(limit).toBeGreaterThan(0);
  }
});

test("the longest path fits in a request's headers when every byte is percent-encoded", () => {
  const encodedBytes = LIMITS.pathBytesMax * "%E3".length;
  expect(encodedBytes).toBeLessThan(LIMITS.requestHeaderBytesMax);
});

test("any file that may go in a batch fits in one, and any file that may not fits in an upload", () => {
  expect(LIMITS.batchFileBytesMax).toBeLessThanOrEqual(LIMITS.batchBytesMax);
  expect(LIMITS.uploadAppendBytesMax).toBeGreaterThan(LIMITS.batchFileBytesMax);
});

test("a session ends by idleness before it ends by age", () => {
  expect(LIMITS.sessionIdleMinutesMax).toBeLessThan(LIMITS.sessionLifetimeHoursMax * 60);
});
