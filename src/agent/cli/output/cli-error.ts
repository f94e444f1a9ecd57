import type { AgentErrorCode } from "../../agent-error.ts";
import type { Message } from "../../../messages/message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";

/**
 * Why a command could not do what was asked: what the agent says, and what can go wrong around it.
 * Closed: `views/error.ts` has words and an exit code for each.
 */
export type CliErrorCode =
  | AgentErrorCode
  | "usage"
  | "no-such-page"
  | "home-unusable"
  | "home-forbidden"
  | "home-not-a-folder"
  | "home-unsafe"
  | "held-by-other-process"
  | "restore-running"
  | "daemon-running"
  | "no-schedule"
  | "no-answer"
  | "cancelled"
  | "internal-error";

/** What commands throw besides `AgentError`. The reason names the file or setting at fault. */
export class CliError extends SpokenError {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, reason: Message, cause?: unknown) {
    super(reason, cause);
    this.name = "CliError";
    this.code = code;
  }
}
