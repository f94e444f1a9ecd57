import { AgentError } from "./agent-error.ts";
import { ServiceError } from "./ports/service.ts";

/** What a command says when the service failed it; anything unforeseen comes back as it is. */
export function commandError(error: unknown): unknown {
  if (!(error instanceof ServiceError)) return error;
  const { failure } = error;
  if (failure.kind === "communication") {
    return new AgentError("service-unreachable", error.message, error);
  }
  const isLogin = failure.kind === "refused" && failure.problem.code === "invalid-credentials";
  return new AgentError(isLogin ? "login-refused" : "service-refused", error.message, error);
}
