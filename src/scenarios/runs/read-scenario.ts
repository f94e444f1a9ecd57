import { readFileSync } from "node:fs";

import { isNode, LineCounter, parseDocument, type Document } from "yaml";

import { describeIssues } from "../../sim-server/input/describe-issues.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";

/** A file is no scenario; the message says of each place where and why, a line each. */
export class ScenarioFileError extends Error {
  override readonly name: string = "ScenarioFileError";
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
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScenarioFileError(`${path} cannot be read: ${reason}`);
  }
  return parseScenario(text, path);
}

/** Reads a scenario from the text of a file. Throws `ScenarioFileError` with everything that is wrong. */
export function parseScenario(text: string, file: string): ScenarioFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placed = (offset: number, message: string): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}: ${message}`;
  };
  if (document.errors.length > 0) {
    const lines = document.errors.map(({ pos, message }) => placed(pos[0], message));
    throw new ScenarioFileError(lines.join("\n"));
  }
  let data: unknown;
  try {
    data = document.toJS();
  } catch (error) {
    // Aliases that lead nowhere, or that multiply.
    const reason = error instanceof Error ? error.message : String(error);
    throw new ScenarioFileError(`${file} cannot be read: ${reason}`);
  }
  const placeOf = (path: readonly PropertyKey[]): string =>
    placed(offsetOf(document, path), path.map(String).join(".") || "the top");
  const parsed = scenarioSchema.safeParse(data);
  if (parsed.success) return { scenario: parsed.data, placeOf };
  const lines = describeIssues(scenarioSchema, data).map(
    ({ path, message }) => `${placeOf(path)}: ${message}`,
  );
  throw new ScenarioFileError(lines.join("\n"));
}

/** Where the text has a part, or the nearest around it that the text has. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
