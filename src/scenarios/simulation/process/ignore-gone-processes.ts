import { ProcessGoneError } from "./process-boundary.ts";

/**
 * What a killed process of the agent still throws where nobody awaits it is not looked at from now on,
 * until this is disposed of. Any other rejection that nobody handles still ends the real process.
 */
export function ignoreGoneProcesses(): Disposable {
  process.on("unhandledRejection", ignoreGoneProcess);
  return {
    [Symbol.dispose]: () => void process.off("unhandledRejection", ignoreGoneProcess),
  };
}

function ignoreGoneProcess(error: unknown): void {
  if (!(error instanceof ProcessGoneError)) throw error;
}
