import { accessSync, constants, statSync } from "node:fs";
import { dirname, join } from "node:path";

import { AgentError } from "../agent-error.ts";
import { isDiskFull } from "../adapters/node-database.ts";
import { stateError } from "../state/state-error.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { CliError, type CliErrorCode } from "./output/cli-error.ts";

/** What the operating system's refusals mean for the tool's own folder. */
const CODES: Readonly<Record<string, CliErrorCode>> = {
  ENOSPC: "state-full",
  EDQUOT: "state-full",
  EROFS: "state-read-only",
  EACCES: "home-forbidden",
  EPERM: "home-forbidden",
  ENOTDIR: "home-not-a-folder",
  EEXIST: "home-not-a-folder",
  EISDIR: "home-not-a-folder",
};

/** Turns what `use` throws about the home folder or a file in it into the error that fits and names the folder. */
export function usingHome<Result>(homePath: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    throw homeError(homePath, error);
  }
}

function homeError(homePath: string, error: unknown): unknown {
  if (error instanceof CliError) return error;
  const known = stateError(error, () => isDiskFull(homePath));
  if (known instanceof AgentError) {
    // SQLite does not say why a file cannot be opened.
    const why = known.code === "state-unreadable" ? whyUnusable(homePath) : undefined;
    if (why !== undefined) return why;
    const reason = message("state.of-home", { path: homePath, why: known.reason });
    return new AgentError(known.code, reason, known);
  }
  return fromSystem(homePath, error);
}

function fromSystem(homePath: string, error: unknown): CliError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = message("state.of-home", { path: homePath, why: reasonOf(error) });
  return new CliError(CODES[code] ?? "home-unusable", reason, error);
}

/** What stands in the way of the home folder, or of a file in it; undefined when nothing is seen. */
function whyUnusable(homePath: string): CliError | undefined {
  try {
    for (const folder of [dirname(homePath), homePath]) {
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
        return new CliError("home-not-a-folder", message("state.not-a-folder", { path: folder }));
      }
    }
    accessSync(homePath, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of ["lock.db", "daemon.db", "agent.db", "agent.db-wal", "agent.db-shm"]) {
      const path = join(homePath, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat?.isDirectory() === true) {
        return new CliError("home-unusable", message("state.no-file", { path }));
      }
      if (stat !== undefined) accessSync(path, constants.R_OK | constants.W_OK);
    }
    return undefined;
  } catch (error) {
    return fromSystem(homePath, error);
  }
}
