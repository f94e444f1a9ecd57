import { expect, test } from "vitest";

import { message } from "./message.ts";
import { remedyOf } from "./remedy-of.ts";

test("what is known has a remedy of its own, which sends nobody to support", () => {
  const known = [
    message("backup.name-not-unicode"),
    message("problem.invalid-path"),
    message("disk.path-too-long-to-write"),
    message("restore.target-is-link"),
    message("restore.generation-not-on-service", { path: "a", generation: 3 }),
  ];
  for (const detail of known) {
    expect(remedyOf(detail)?.ja).toMatch(/ください。$|されます。$|ません。$/u);
    expect(remedyOf(detail)?.en).not.toMatch(/support|newer agent/);
  }
});

test("what nobody foresaw has none, so that the cause's is told", () => {
  expect(remedyOf(message("run.unforeseen", { why: "x" }))).toBeUndefined();
  expect(remedyOf(null)).toBeUndefined();
});
