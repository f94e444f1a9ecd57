import { describe, expect, test } from "vitest";

import { RestoreBench, STORED_AT_NS, TO } from "../../testing/restore-bench.ts";

describe("a folder that is restored", () => {
  test("comes back with everything in it, right in the chosen folder", async () => {
    const stored = { "a.txt": "one", "sub/b.txt": "two", "sub/deep/c": "", empty: null };
    const bench = new RestoreBench({ stored: { ...stored, "sub/none": null } });

    const { job, outcomes } = await bench.run();

    expect(job).toMatchObject({ status: "completed", causes: ["R-OK-1"], transferredFileCount: 3 });
    expect(bench.disk.tree()).toEqual({
      "a.txt": "one",
      empty: "(folder)",
      sub: "(folder)",
      "sub/b.txt": "two",
      "sub/deep": "(folder)",
      "sub/deep/c": "",
      "sub/none": "(folder)",
    });
    expect(outcomes).toEqual({
      "a.txt": "completed",
      empty: "completed",
      "sub/b.txt": "completed",
      "sub/deep/c": "completed",
      "sub/none": "completed",
    });
    expect((await bench.disk.stat(`${TO}/a.txt`)).modifiedAtNs).toBe(STORED_AT_NS);
  });
});
