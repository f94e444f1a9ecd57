import { message } from "../../messages/message.ts";
import { heldError, takeDaemonRight, takeHome } from "./home-lock.ts";
import { readHolder } from "./lock-holder.ts";
import { CliError } from "./output/cli-error.ts";

/** How long a short command of another process is waited for. */
const WAIT_MS = 2_000;

/**
 * Keeps every other process of the tool out of a home folder, the daemon too: it would go on with the file
 * that is set aside. Throws `CliError` (`daemon-running`, `held-by-other-process`) when one is at work.
 */
export function holdForRepair(homePath: string): Disposable {
  const right = takeDaemonRight(homePath);
  if (right === undefined) {
    throw new CliError("daemon-running", message("state.daemon-first", { path: homePath }));
  }
  const lock = takeHome(homePath, WAIT_MS);
  if (lock === undefined) {
    right.release();
    throw heldError(homePath, readHolder(homePath));
  }
  return {
    [Symbol.dispose](): void {
      lock.release();
      right.release();
    },
  };
}
