import { describe, expect, test } from "vitest";

import { LinuxMounts } from "./linux-mounts.ts";

describe("the table of Linux", () => {
  test("is read again after 100 ms, or when it has to be of this moment", () => {
    let nowMs = 0;
    let readCount = 0;
    const mounts = new LinuxMounts(
      () => `read ${(readCount += 1)}`,
      () => nowMs,
    );

    expect(mounts.table(false)).toBe("read 1");
    nowMs = 99;
    expect(mounts.table(false)).toBe("read 1");
    expect(mounts.table(true)).toBe("read 2");
    nowMs = 198;
    expect(mounts.table(false)).toBe("read 2");
    nowMs = 199;
    expect(mounts.table(false)).toBe("read 3");
  });

  test("is none where it cannot be read", () => {
    const refuse = (): string => {
      throw new Error("ENOENT: /proc/self/mountinfo");
    };
    expect(new LinuxMounts(refuse).table(true)).toBeUndefined();
  });

  test.runIf(process.platform === "linux")("has what is mounted at the top", () => {
    expect(new LinuxMounts().table(true)).toMatch(/^\d+ \d+ \S+ \S+ \/ /m);
  });
});
