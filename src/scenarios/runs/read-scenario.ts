import { readFileSync } from "node:fs";

import { isNode, LineCounter, parseDocument, type Document } from "yaml";

import { describeIssues, type InputIssue } from "../../sim-server/input/describe-issues.ts";
import { scenarioSchema, type Scenario } from "../scenario/scenario.ts";

/** A file is no scenario; the message says of each place where and why, a line each. */
export class ScenarioFileError extends Error {
  override readonly name: string = "ScenarioFileError";
}

/** Reads a scenario from a YAML or JSON file. Throws `ScenarioFileError` with everything that is wrong. */
export function readScenario(path: string): Scenario {
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
export function parseScenario(text: string, path: string): Scenario {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placed = (offset: number, message: string): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${path}:${line}:${col}: ${message}`;
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
    throw new ScenarioFileError(`${path} cannot be read: ${reason}`);
  }
  const parsed = scenarioSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const lines = describeIssues(scenarioSchema, data).map((issue) => {
    const place = issue.path.map(String).join(".") || "the top";
    return placed(offsetOf(document, issue), `${place}: ${issue.message}`);
  });
  throw new ScenarioFileError(lines.join("\n"));
}

/** Where the text has what an issue is about, or the nearest around it that the text has. */
function offsetOf(document: Document, { path }: InputIssue): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
