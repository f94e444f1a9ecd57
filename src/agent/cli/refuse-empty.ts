import type { Command } from "commander";

import { CliError } from "./output/cli-error.ts";
import { message } from "../../messages/message.ts";

/** Options of which an empty value says something: no user, so a mail server without a login. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(["user"]);

/**
 * Refuses arguments and options that are given and empty, as a script hands them over whose variable
 * is not set: an empty path would mean the working folder. Throws `CliError` (`usage`, exit code 2).
 */
export function refuseEmpty(command: Command): void {
  for (const [at, argument] of command.registeredArguments.entries()) {
    const given: unknown = command.processedArgs[at];
    const isEmpty = given === "" || (Array.isArray(given) && given.includes(""));
    if (isEmpty) throw empty(`<${argument.name()}>`);
  }
  for (const [name, value] of Object.entries(command.optsWithGlobals<Record<string, unknown>>())) {
    if (value === "" && !MAY_BE_EMPTY.has(name)) throw empty(optionOf(name));
  }
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function empty(what: string): CliError {
  return new CliError("usage", message("usage.empty", { what }));
}
