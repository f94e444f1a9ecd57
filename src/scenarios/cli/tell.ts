import { speak } from "../../command-line/process-language.ts";
import type { SpokenError } from "../../messages/spoken-error.ts";
import { ScenarioFileError } from "../runs/read-scenario.ts";

/** Says on standard error what is wrong, a line for each place of a file. */
export function tell(error: SpokenError): void {
  const reasons = error instanceof ScenarioFileError ? error.reasons : [error.reason];
  for (const reason of reasons) process.stderr.write(`${speak(reason)}\n`);
}
