import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { loggedFacts, NO_LOGGED_FACTS, type LoggedFacts } from "../repair/logged-facts.ts";

/** What the log in a home folder tells; nothing where there is none, or it cannot be read. */
export function readLoggedFacts(homePath: string): LoggedFacts {
  try {
    return loggedFacts(lines(join(homePath, "logs")));
  } catch (error) {
    // The log only helps: without it the repair goes by the state file alone.
    if (error instanceof Error && "code" in error) return NO_LOGGED_FACTS;
    throw error;
  }
}

/** The lines of all files of the log, from the oldest on. */
function* lines(folder: string): Generator<string, void> {
  if (!existsSync(folder)) return;
  const ages = readdirSync(folder)
    .map((name) => /^agent\.log(?:\.(\d+))?$/.exec(name))
    .filter((found) => found !== null)
    .map(([name, age = "0"]) => ({ name, age: Number(age) }));
  for (const { name } of ages.toSorted((one, other) => other.age - one.age)) {
    yield* readFileSync(join(folder, name), "utf8").split("\n");
  }
}
