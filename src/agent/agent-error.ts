import { ServiceError } from "./ports/service.ts";
import type { Message } from "../messages/message.ts";
import { SpokenError } from "../messages/spoken-error.ts";

/**
 * Why a command could not be carried out. Closed: the CLI has an exit code for each. The outcome of
 * a job is never one of these; it is the job's status.
 */
export type AgentErrorCode =
  | "not-logged-in"
  | "login-lost"
  | "login-refused"
  | "captcha-required"
  | "service-unreachable"
  | "service-refused"
  | "source-refused"
  | "no-such-source"
  | "no-sources"
  | "no-such-job"
  | "job-not-incomplete"
  | "not-on-service"
  | "invalid-setting"
  | "no-mail-settings"
  | "mail-not-tested"
  | "mail-not-sent"
  | "mail-server-busy"
  | "busy"
  | "closed"
  | "state-full"
  | "state-damaged"
  | "state-foreign"
  | "state-newer"
  | "state-read-only"
  | "state-unreadable";

/** What the agent's commands throw; the reason says what happened, to what, and what to do. */
export class AgentError extends SpokenError {
  readonly code: AgentErrorCode;

  constructor(code: AgentErrorCode, reason: Message, cause?: unknown) {
    super(reason, cause);
    this.name = "AgentError";
    this.code = code;
  }
}

/** What a command says when the service failed it; anything unforeseen comes back as it is. */
export function commandError(error: unknown): unknown {
  if (!(error instanceof ServiceError)) return error;
  const { failure } = error;
  if (failure.kind === "communication") {
    return new AgentError("service-unreachable", error.reason, error);
  }
  const isLogin = failure.kind === "refused" && failure.problem.code === "invalid-credentials";
  return new AgentError(isLogin ? "login-refused" : "service-refused", error.reason, error);
}
