import { expect, test } from "vitest";

import { honestRun } from "../../checkers/testing/honest-run.ts";
import type { Step } from "../../scenario/step.ts";

const ADD: Step = { do: "add-source", path: "/late" };
const REMOVE: Step = { do: "remove-source", path: "/late" };

async function backedUp(timeline: Step[]): Promise<readonly string[]> {
  const { backups, driver } = await honestRun({
    tree: { "/data/a": { content: { text: "a" } }, "/late/b": { content: { text: "b" } } },
    timeline,
  });
  expect(driver).toMatchObject({ kind: "done" });
  return backups.filter(({ phase }) => phase === "safety").map(({ sourcePath }) => sourcePath);
}

test("a source that is added is backed up, and no more once it is taken out", async () => {
  const backup: Step = { do: "backup" };

  expect(await backedUp([backup, ADD, backup, REMOVE, backup])).toEqual([
    "/data",
    "/data",
    "/late",
    "/data",
  ]);
});

test("a source that is added again is another one", async () => {
  const again = await backedUp([ADD, { do: "backup" }, REMOVE, ADD, { do: "backup" }]);

  expect(again).toEqual(["/data", "/late", "/data", "/late"]);
});
