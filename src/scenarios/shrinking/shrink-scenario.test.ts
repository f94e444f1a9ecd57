import { expect, test } from "vitest";

import { plannedRun, scenarioOf } from "../runs/plan.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { scenarioSize } from "./scenario-size.ts";
import { shrinkScenario } from "./shrink-scenario.ts";

/** A long one with everything in it. */
const LARGE: Scenario = {
  ...scenarioOf(plannedRun(1, 301)),
  edition: "flets-azukeru-pro",
  plan: "free",
  disk: "linux",
  sources: ["/data/仕事", "/data/photos"],
  tree: {
    "/data/仕事/見積り/古い/A社.xlsx": { content: { size: 900, seed: 3 }, mode: "0640" },
    "/data/仕事/見積り/B社.xlsx": { content: { size: 90, seed: 4 } },
    "/data/photos/a.jpg": { content: { size: 9, seed: 5 } },
    "/data/photos/empty": null,
  },
  timeline: [
    { do: "wait", ms: 5_000_000 },
    { do: "backup", sources: [0] },
    { do: "touch", path: "/data/photos/a.jpg" },
    {
      do: "backup",
      confirmDeletions: true,
      faults: {
        storage: [
          { kind: "delay", delayMs: 5 },
          { kind: "status", status: 503, operation: "putFile", nth: 7, times: 3 },
          { kind: "reset" },
        ],
        freeBytes: 9000,
      },
    },
    { do: "restore", from: { source: 1 }, to: "/restored" },
    { do: "restart", how: "kill" },
  ],
};

function hasRefusal({ timeline }: Scenario): boolean {
  return timeline.some(
    (step) =>
      step.do === "backup" && step.faults?.storage?.some(({ kind }) => kind === "status") === true,
  );
}

function hasDeepFile({ tree }: Scenario): boolean {
  return Object.values(tree).some((node) => node !== null && "content" in node);
}

test("leaves of a scenario only what it breaks by, as simple as it gets", async () => {
  const tried: Scenario[] = [];
  const { scenario, triedCount } = await shrinkScenario(LARGE, {
    triesMax: 1000,
    breaks: (other) => {
      tried.push(other);
      return Promise.resolve(hasRefusal(other) && hasDeepFile(other));
    },
  });

  expect(scenario).toEqual({
    version: 1,
    seed: 1,
    start: "2026-11-24T00:00:00Z",
    zone: "Asia/Tokyo",
    edition: "office-anshin",
    plan: "standard",
    disk: "linux",
    tree: { [Object.keys(scenario.tree)[0] ?? ""]: { content: { text: "1" } } },
    sources: scenario.sources,
    timeline: [{ do: "backup", faults: { storage: [{ kind: "status", status: 503 }] } }],
  });
  expect(scenario.sources).toHaveLength(1);
  expect(scenarioSize(scenario)).toEqual({ lines: 2, steps: 1, faults: 1, entries: 1 });
  expect(triedCount).toBe(tried.length);
  // What is no scenario is not run.
  expect(tried.every((other) => scenarioSchema.safeParse(other).success)).toBe(true);
  expect(new Set(tried.map((other) => JSON.stringify(other))).size).toBe(tried.length);
});

test("tries no more than it may, and nothing once it is told to end", async () => {
  const breaks = (): Promise<boolean> => Promise.resolve(true);
  const ended = AbortSignal.abort();

  expect((await shrinkScenario(LARGE, { triesMax: 3, breaks })).triedCount).toBe(3);
  expect(await shrinkScenario(LARGE, { triesMax: 9, breaks, signal: ended })).toEqual({
    scenario: LARGE,
    triedCount: 0,
  });
});

test("drops a source with what is about it, and gives those behind it their new numbers", async () => {
  const { scenario } = await shrinkScenario(LARGE, {
    triesMax: 1000,
    breaks: ({ timeline, tree }) =>
      Promise.resolve(
        "/data/photos/a.jpg" in tree && timeline.some((step) => step.do === "restore"),
      ),
  });

  expect(scenario.sources).toEqual(["/data/photos"]);
  expect(scenario.timeline).toEqual([{ do: "restore", from: { source: 0 }, to: "/restored" }]);
});
