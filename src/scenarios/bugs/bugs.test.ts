import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { BUGS } from "./bugs.ts";

const project = new URL("../../../", import.meta.url);

describe("the bugs that are sown", () => {
  it("have names of their own", () => {
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(BUGS.length);
  });

  it.each(BUGS)("$name: every text stands in its file exactly once", ({ patches }) => {
    for (const { file, find } of patches) {
      const source = readFileSync(fileURLToPath(new URL(file, project)), "utf8");
      expect(source.split(find)).toHaveLength(2);
    }
  });
});
