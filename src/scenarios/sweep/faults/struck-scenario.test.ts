import { expect, test } from "vitest";

import { parseScenario } from "../../runs/read-scenario.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { FaultWindow, PlacedFault } from "./strike.ts";
import { calmScenario, faultWindows, struckScenario } from "./struck-scenario.ts";

function scenarioOf(timeline: string, more = ""): Scenario {
  const text = `
version: 1
seed: 1
start: 2026-11-20T06:00:00Z
zone: Asia/Tokyo
edition: office-anshin
plan: standard
disk: macos
tree: { /data/a: { content: { size: 1, seed: 1 } } }
sources: [/data]
${more}
timeline: [${timeline}]`;
  return parseScenario(text, "a.yaml").scenario;
}

const MAILING = `
pc: { kind: macos }
mail: { to: [taro@mail.example], secure: false, port: 25 }`;

function windowsOf(scenario: Scenario): readonly string[] {
  return faultWindows(scenario).map(({ step, layer }) => `${step} ${layer}`);
}

test("faults strike in every step that can carry some, unless a step is marked", () => {
  expect(windowsOf(scenarioOf("{ do: backup }, { do: wait, ms: 1 }, { do: login }"))).toEqual([
    "0 disk",
    "0 storage",
    "0 network",
    "0 memory",
    "0 process",
  ]);
  const marked = scenarioOf("{ do: backup }, { do: backup, faults: {} }");
  expect(new Set(faultWindows(marked).map(({ step }) => step))).toEqual(new Set([1]));
});

test("mails go wrong where there is a mail, and nothing is said of its server already", () => {
  const mailing = scenarioOf("{ do: wait, ms: 1 }, { do: test-mail }", MAILING);
  expect(windowsOf(mailing).filter((window) => window.endsWith("mail"))).toEqual([
    "0 mail",
    "1 mail",
  ]);
  const told = scenarioOf("{ do: smtp-faults, faults: [] }, { do: test-mail }", MAILING);
  expect(windowsOf(told)).toEqual([]);
});

function struck(scenario: Scenario, window: FaultWindow, placed: PlacedFault): Scenario {
  return struckScenario(calmScenario(scenario, window), placed).scenario;
}

test("a fault is added to those that a step has", () => {
  const scenario = scenarioOf(
    "{ do: backup, faults: { disk: [{ operation: stat, path: /data/a, kind: busy }] } }",
  );
  const fault = { operation: "open", path: "/data/a", kind: "io-error" } as const;
  const [step] = struck(scenario, { step: 0, layer: "disk" }, { layer: "disk", fault }).timeline;
  expect(step).toMatchObject({ faults: { disk: [{ kind: "busy" }, { kind: "io-error" }] } });
});

test("a step begins on connections of its own for faults of the network alone", () => {
  const scenario = scenarioOf("{ do: backup }");
  const armed = (layer: FaultWindow["layer"]): unknown =>
    calmScenario(scenario, { step: 0, layer }).scenario.timeline[0];
  expect(armed("network")).toEqual({ do: "backup", faults: { network: [] } });
  expect(armed("storage")).toEqual({ do: "backup", faults: {} });
});

test("a fault of the mail server is a step before, and two of them are one step", () => {
  const scenario = scenarioOf("{ do: wait, ms: 1 }", MAILING);
  const stall = { layer: "mail", fault: { stage: "mail", kind: "stall" } } as const;
  const reset = { layer: "mail", fault: { stage: "rcpt", kind: "reset" } } as const;
  const once = struck(scenario, { step: 0, layer: "mail" }, stall);
  expect(once.timeline).toEqual([
    { do: "smtp-faults", faults: [stall.fault] },
    { do: "wait", ms: 1 },
  ]);
  const twice = struck(once, { step: 1, layer: "mail" }, reset);
  expect(twice.timeline[0]).toEqual({ do: "smtp-faults", faults: [stall.fault, reset.fault] });
  expect(twice.timeline).toHaveLength(2);
});
