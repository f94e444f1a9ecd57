/** The parts of a request line's target, still percent-encoded. */
export interface RequestTarget {
  /** Begins with `/`; or `*` for `OPTIONS *`. */
  readonly path: string;
  /** What follows the first `?`; empty when there is none. */
  readonly query: string;
}

/**
 * Takes a request target apart without decoding anything: a `%2F` inside a name stays what it is
 * until the name is decoded. The absolute form (RFC 9112 section 3.2.2) loses scheme and authority.
 */
export function parseRequestTarget(target: string): RequestTarget {
  let start = 0;
  if (!target.startsWith("/")) {
    const scheme = /^https?:\/\/[^/?]*/i.exec(target);
    start = scheme?.[0].length ?? 0;
  }
  const mark = target.indexOf("?", start);
  const path = mark === -1 ? target.slice(start) : target.slice(start, mark);
  return { path: path === "" ? "/" : path, query: mark === -1 ? "" : target.slice(mark + 1) };
}

/**
 * The parameters of a query as an object; `undefined` when one comes twice or is badly encoded, so
 * that nothing is ever read half. `+` is a space, as forms write it.
 */
export function parseQuery(query: string): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  if (query === "") return parameters;
  for (const pair of query.split("&")) {
    if (pair === "") continue;
    const mark = pair.indexOf("=");
    const name = decode(mark === -1 ? pair : pair.slice(0, mark));
    const value = decode(mark === -1 ? "" : pair.slice(mark + 1));
    if (name === undefined || value === undefined || Object.hasOwn(parameters, name)) {
      return undefined;
    }
    // A plain assignment to `__proto__` would vanish instead of being refused as unknown.
    Object.defineProperty(parameters, name, { value, enumerable: true });
  }
  return parameters;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
