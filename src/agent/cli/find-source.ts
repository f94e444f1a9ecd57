import { resolve } from "node:path";

import type { SourceFolder } from "../state/records.ts";
import { CliError } from "./output/cli-error.ts";
import { message } from "../../messages/message.ts";

/**
 * The source a person means by an ID or by a path, relative to where they are. A number is an ID;
 * a folder whose name is one can be written `./3`. Throws `CliError` when there is none.
 */
export function findSource(sources: readonly SourceFolder[], idOrPath: string): SourceFolder {
  const found = /^[0-9]+$/.test(idOrPath)
    ? sources.find(({ id }) => id === Number(idOrPath))
    : sources.find(({ path }) => path === idOrPath || path === resolve(idOrPath));
  if (found === undefined)
    throw new CliError("no-such-source", message("source.not-found", { source: idOrPath }));
  return found;
}
