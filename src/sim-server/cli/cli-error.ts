import { message, type Message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";

/** What a person did wrong on the command line, said so that it can be put right. Exit code 2. */
export class CliError extends SpokenError {
  override readonly name: string = "CliError";
  /** A line each. */
  readonly reasons: readonly Message[];

  constructor(reasons: Message | readonly Message[], cause?: unknown) {
    const several = "code" in reasons ? [reasons] : reasons;
    super(message("input.lines", { lines: several }), cause);
    this.reasons = several;
  }
}
