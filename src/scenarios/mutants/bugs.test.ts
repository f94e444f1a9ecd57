import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { BUGS } from "./bugs.ts";
import { SWEEP_BUGS } from "./sweep-bugs.ts";

// Some are in both lists, as the same bug.
const ALL = [...new Set([...BUGS, ...SWEEP_BUGS])];
const project = new URL("../../../", import.meta.url);

describe("the bugs that are sown", () => {
  test("have names of their own", () => {
    expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  });

  test.each(ALL)("$name: every text stands in its file exactly once", ({ patches }) => {
    for (const { file, find } of patches) {
      const source = readFileSync(fileURLToPath(new URL(file, project)), "utf8");
      expect(source.split(find)).toHaveLength(2);
    }
  });
});
