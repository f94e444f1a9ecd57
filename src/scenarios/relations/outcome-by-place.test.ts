import { expect, test } from "vitest";

import { runScenario } from "../simulation/run-scenario.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { compareOutcomes } from "./compare-outcomes.ts";
import { outcomeByPlace } from "./outcome-by-place.ts";

const WHOLE: Scenario = {
  version: 1,
  seed: 1,
  start: "2026-11-21T00:00:00Z",
  zone: "Asia/Tokyo",
  edition: "office-anshin",
  plan: "standard",
  disk: "linux",
  tree: {
    "/data/one": null,
    "/data/one/a": { content: { text: "a" } },
    "/data/two": null,
    "/data/two/in/b": { content: { text: "b" } },
    "/data/beside": { content: { text: "c" } },
  },
  sources: ["/data"],
  timeline: [{ do: "backup" }],
};

const NAMES = ["one", "two"];

test("what is below a folder is told alike, whichever folder is the source", async () => {
  const whole = outcomeByPlace(await runScenario(WHOLE), NAMES);
  const apart = outcomeByPlace(
    await runScenario({ ...WHOLE, sources: ["/data/one", "/data/two"] }),
    NAMES,
  );
  expect([...whole.files.keys()].toSorted()).toEqual(["one/a", "two/in/b"]);
  expect(whole.rows[0]).toEqual([
    "0000 backup",
    expect.stringContaining("one/a file: completed"),
    expect.stringContaining("two/in/b file: completed"),
  ]);
  expect(compareOutcomes(whole, apart)).toEqual([]);
});
