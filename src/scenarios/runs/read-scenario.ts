import { readFileSync } from "node:fs";

import { describeIssues } from "../../sim-server/input/describe-issues.ts";
import { readYaml } from "../../sim-server/input/read-yaml.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";
import { message, type Message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { SpokenError } from "../../messages/spoken-error.ts";
import { renderMessage } from "../../messages/render-message.ts";

/** A file is no scenario: of each place where and why. */
export class ScenarioFileError extends SpokenError {
  override readonly name: string = "ScenarioFileError";
  /** A line each. */
  readonly reasons: readonly Message[];

  constructor(reasons: readonly Message[]) {
    super(message("input.lines", { lines: reasons }));
    this.message = reasons.map((reason) => renderMessage(reason, "en")).join("\n");
    this.reasons = reasons;
  }
}

/** A scenario and the file it was read from. */
export interface ScenarioFile {
  readonly scenario: Scenario;
  /** Where the file has a part of the scenario, as `file:line:column: its keys`; or the nearest around it. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

/** Reads a scenario from a YAML or JSON file. Throws `ScenarioFileError` with everything that is wrong. */
export function readScenario(path: string): Scenario {
  return readScenarioFile(path).scenario;
}

/** The same with the places of its parts in the file. */
export function readScenarioFile(path: string): ScenarioFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ScenarioFileError([
      message("input.unreadable", { file: path, why: reasonOf(error) }),
    ]);
  }
  return parseScenario(text, path);
}

/** Reads a scenario from the text of a file. Throws `ScenarioFileError` with everything that is wrong. */
export function parseScenario(text: string, file: string): ScenarioFile {
  const { data, problems, placeOf } = readYaml(text, file);
  if (problems.length > 0) throw new ScenarioFileError(problems);
  const parsed = scenarioSchema.safeParse(data);
  if (parsed.success) return { scenario: parsed.data, placeOf };
  const reasons = describeIssues(scenarioSchema, data).map(({ path, message: what }) =>
    message("input.at", { place: placeOf(path), what }),
  );
  throw new ScenarioFileError(reasons);
}
