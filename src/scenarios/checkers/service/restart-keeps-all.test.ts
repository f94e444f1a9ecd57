import { expect, test } from "vitest";

import { honestRun, violatedBy } from "../testing/honest-run.ts";
import { restartKeepsAll } from "./restart-keeps-all.ts";

test("a service that is started again has everything, and whoever was logged in goes on", async () => {
  const honest = await honestRun({
    tree: { "/data/a": { content: { text: "a" } } },
    timeline: [{ do: "backup" }, { do: "restart-service" }, { do: "backup" }],
  });
  expect(violatedBy(honest)).toEqual(new Set());
  expect(honest.serviceRestarts).toHaveLength(1);
  expect(honest.serviceRestarts[0]?.after.some((line) => line.includes('"path"'))).toBe(true);
});

test.each([
  { what: "lacks what it had", before: ["a", "b"], after: ["a"], failure: undefined },
  { what: "has other bytes", before: ["a", "b"], after: ["a", "c"], failure: undefined },
  { what: "has what it had not", before: ["a"], after: ["a", "b"], failure: undefined },
  { what: "cannot be started", before: ["a"], after: ["a"], failure: "damaged" },
])("one that $what breaks its word", ({ before, after, failure }) => {
  const found = restartKeepsAll({ serviceRestarts: [{ before, after, failure }] });
  expect(found.map(({ invariant }) => invariant)).toEqual(["service"]);
});
