import { expect, test } from "vitest";

import type { Step } from "../../scenario/step.ts";
import { checkRun } from "../check-run.ts";
import { honestRun } from "../testing/honest-run.ts";
import { isFilledFor } from "./is-filled-for.ts";

test.each<[string, readonly Step[], "yes" | "no"]>([
  ["nothing", [], "no"],
  ["an empty folder", [{ do: "make-folder", path: "/data/folder" }], "no"],
  ["a name that is refused", [{ do: "write", path: "/data/le?ft", content: { text: "x" } }], "no"],
  ["a file", [{ do: "write", path: "/data/left", content: { text: "x" } }], "yes"],
  [
    "a file that may not be read",
    [
      { do: "write", path: "/data/left", content: { text: "x" } },
      { do: "deny", path: "/data/left" },
    ],
    "yes",
  ],
])("a source that has %s left", async (_, steps, expected) => {
  const run = await honestRun({
    compareDelete: true,
    tree: { "/data/gone": { content: { text: "gone" } } },
    timeline: [{ do: "backup" }, { do: "empty", path: "/data" }, ...steps, { do: "backup" }],
  });

  expect(checkRun(run).violations).toEqual([]);
  expect(run.backups.slice(1, 2).map(isFilledFor)).toEqual([expected]);
  expect(run.deletions[1]?.job.status).toBe(expected === "no" ? "not-run" : "completed");
});
