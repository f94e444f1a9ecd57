import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";

/** A file is no scenario; the message says where and why. */
export class ScenarioFileError extends Error {
  override readonly name: string = "ScenarioFileError";
}

/** Reads a scenario from a YAML or JSON file. Throws `ScenarioFileError`. */
export function readScenario(path: string): Scenario {
  let data: unknown;
  try {
    data = parse(readFileSync(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScenarioFileError(`${path} cannot be read: ${reason}`);
  }
  const parsed = scenarioSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place =
    issue === undefined ? "" : ` at ${issue.path.join(".") || "the top"}: ${issue.message}`;
  throw new ScenarioFileError(`${path} is no scenario${place}`);
}
