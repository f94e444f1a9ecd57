import { beforeAll, expect, test } from "vitest";

import type { ConflictQuestion } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { checkRun } from "../check-run.ts";
import { honestRun, violatedBy, withRestores } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tree: {
      "/data/a": { content: { text: "saved" } },
      "/data/b": { content: { text: "saved" } },
      "/data/c": { content: { text: "saved" } },
      "/restored/a": { content: { text: "stands there" } },
      "/restored/b": { content: { text: "stands there" } },
      "/restored/c": { content: { text: "stands there" } },
    },
    timeline: [
      { do: "backup" },
      {
        do: "restore",
        from: { source: 0 },
        to: "/restored",
        answers: [{ choice: "keep-both" }, { choice: "overwrite", forAll: true }],
      },
    ],
  });
});

function withAsked(
  change: (asked: readonly ConflictQuestion[]) => readonly ConflictQuestion[],
): RunRecord {
  return withRestores(honest, ({ asked = [] }) => ({ asked: change(asked) }));
}

test("asks until one answer is for all, and does what was said", () => {
  expect(checkRun(honest).violations).toEqual([]);
  const [run] = honest.restores;
  expect(run?.asked?.map(({ choice }) => choice)).toEqual(["keep-both", "overwrite"]);
  expect([...(run?.targetAfter.keys() ?? [])].toSorted()).toHaveLength(5);
});

test.each<[string, (asked: readonly ConflictQuestion[]) => readonly ConflictQuestion[]]>([
  ["a question that is asked twice", (asked) => [...asked.slice(0, 1), ...asked]],
  ["a question behind an answer for all", (asked) => asked.toReversed()],
  [
    "a question about something else",
    (asked) => asked.map((one) => ({ ...one, existing: one.restored })),
  ],
  ["a file about which nobody was asked", (asked) => asked.slice(0, 1)],
])("notices %s", (_, change) => {
  expect(violatedBy(withAsked(change))).toContain("asked");
});
