/** A list as JSON, `{"<name>": [...]}`, made while it is read. */
export function* jsonListText(
  name: string,
  values: Iterable<unknown>,
): IterableIterator<string | null> {
  yield `{${JSON.stringify(name)}:[`;
  let separator = "";
  for (const value of values) {
    if (value === null) {
      yield null;
      continue;
    }
    yield `${separator}${JSON.stringify(value)}`;
    separator = ",";
  }
  yield "]}";
}

/** The same as NDJSON: a line each. */
export function* linesText(values: Iterable<unknown>): IterableIterator<string | null> {
  for (const value of values) yield value === null ? null : `${JSON.stringify(value)}\n`;
}
