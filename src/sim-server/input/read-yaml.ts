import { isNode, LineCounter, parseDocument, type Document } from "yaml";

import { message, type Message } from "../../messages/message.ts";

/** The data of a YAML or JSON text, and where the text has its parts. */
interface YamlText {
  readonly data: unknown;
  /** What keeps the text from being read; then there is no data. */
  readonly problems: readonly Message[];
  /** Where the text has a part, as `file:line:column: its keys`; or the nearest around it. */
  readonly placeOf: (path: readonly PropertyKey[]) => string;
}

/** Reads a YAML or JSON text; `file` is what it is called in messages. */
export function readYaml(text: string, file: string): YamlText {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const placed = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const placeOf = (path: readonly PropertyKey[]): string =>
    `${placed(offsetOf(document, path))}: ${path.map(String).join(".") || "."}`;
  const problems = document.errors.map(({ pos, code }) =>
    message("input.at", { place: placed(pos[0]), what: message("input.no-yaml", { code }) }),
  );
  if (problems.length > 0) return { data: undefined, problems, placeOf };
  try {
    return { data: document.toJS(), problems, placeOf };
  } catch {
    const why = message("input.alias");
    return { data: undefined, problems: [message("input.unreadable", { file, why })], placeOf };
  }
}

/** Where the text has a part, or the nearest around it that the text has. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
