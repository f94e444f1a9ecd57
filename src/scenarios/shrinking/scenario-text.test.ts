import { expect, test } from "vitest";

import { plannedRun, scenarioOf } from "../runs/plan.ts";
import { parseScenario } from "../runs/read-scenario.ts";
import { scenarioText } from "./scenario-text.ts";

test("what is written is read as the same scenario, with its title", () => {
  for (let index = 300; index < 340; index += 1) {
    const scenario = scenarioOf(plannedRun(1, index));
    const { scenario: read } = parseScenario(scenarioText(scenario, "what: it shows"), "a.yaml");
    expect(read).toEqual({ ...scenario, title: "what: it shows" });
  }
});

test("an entry and a step have a line each", () => {
  const { tree: _, timeline: _none, ...rest } = scenarioOf(plannedRun(1, 300));
  const text = scenarioText({
    ...rest,
    tree: { "/data/a": { content: { text: "1" } } },
    timeline: [{ do: "restart", how: "kill" }, { do: "backup" }],
  });
  expect(text).toContain('\n  /data/a: { content: { text: "1" } }\n');
  expect(text).toContain("\n  - { do: restart, how: kill }\n  - { do: backup }\n");
});
