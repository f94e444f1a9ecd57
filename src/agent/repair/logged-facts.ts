import { DESTINATION_DEPTH } from "../../protocol/service-path.ts";

/** A folder of this PC and where on the service it is saved. */
export interface LoggedSource {
  readonly path: string;
  readonly destination: string;
}

/** What the agent's log tells of what only the state file holds otherwise. */
export interface LoggedFacts {
  /** The source folders that were not removed again, in the order in which the log names them first. */
  readonly sources: readonly LoggedSource[];
  /** Who logged in last; undefined when the log does not tell, or they logged out. */
  readonly login: { readonly serviceUrl: string; readonly loginId: string } | undefined;
}

/** What a log tells that is gone, or says nothing of this. */
export const NO_LOGGED_FACTS: LoggedFacts = { sources: [], login: undefined };

/** Reads a log, its lines from the oldest on. A line that is none of the log's tells nothing. */
export function loggedFacts(lines: Iterable<string>): LoggedFacts {
  const pathByDestination = new Map<string, string>();
  let login: LoggedFacts["login"];
  for (const line of lines) {
    const { event, source, destination, serviceUrl, loginId } = fieldsOf(line);
    if (event === "logged-out") login = undefined;
    if (event === "logged-in" && isText(serviceUrl) && isText(loginId)) {
      login = { serviceUrl, loginId };
    }
    if (!isText(source) || !isText(destination) || !isDestination(destination)) continue;
    if (event === "source-removed") pathByDestination.delete(destination);
    else if (event === "source-added" || event === "backup-started") {
      pathByDestination.set(destination, source);
    }
  }
  const sources = [...pathByDestination].map(([destination, path]) => ({ path, destination }));
  return { sources, login };
}

function fieldsOf(line: string): Readonly<Record<string, unknown>> {
  if (!line.startsWith("{")) return {};
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    // A line that was cut off.
    return {};
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isDestination(text: string): boolean {
  return text.split("/").length === DESTINATION_DEPTH;
}
