import { speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { CliError } from "./cli-error.ts";

/** Says on standard error why a command could not do its work, a line for each reason. */
export function tellFailure(command: string, error: unknown): void {
  const reasons = error instanceof CliError ? error.reasons : [reasonOf(error)];
  for (const why of reasons) {
    process.stderr.write(`${speak(message("service.command-failed", { command, why }))}\n`);
  }
}
