import { readFileSync } from "node:fs";

import { isNode, LineCounter, parseDocument, type Document } from "yaml";

import { describeIssues } from "../../sim-server/input/describe-issues.ts";
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
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placed = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const reasons = document.errors.map(({ pos, code }) =>
      message("input.at", { place: placed(pos[0]), what: message("input.no-yaml", { code }) }),
    );
    throw new ScenarioFileError(reasons);
  }
  let data: unknown;
  try {
    data = document.toJS();
  } catch {
    const why = message("input.alias");
    throw new ScenarioFileError([message("input.unreadable", { file, why })]);
  }
  const placeOf = (path: readonly PropertyKey[]): string =>
    `${placed(offsetOf(document, path))}: ${path.map(String).join(".") || "."}`;
  const parsed = scenarioSchema.safeParse(data);
  if (parsed.success) return { scenario: parsed.data, placeOf };
  const reasons = describeIssues(scenarioSchema, data).map(({ path, message: what }) =>
    message("input.at", { place: placeOf(path), what }),
  );
  throw new ScenarioFileError(reasons);
}

/** Where the text has a part, or the nearest around it that the text has. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
