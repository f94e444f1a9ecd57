import { problem, type ProblemCode } from "../../protocol/http/problem.ts";
import type { ExchangeFailure } from "../../protocol/causes/exchange-failure.ts";
import { ServiceError } from "../ports/service.ts";
import { message } from "../../messages/message.ts";

/** A failure that another try may heal, unless the test says otherwise. */
export function communicationFailure(
  given: {
    readonly way?: ExchangeFailure;
    readonly transient?: boolean;
    readonly retryAfterMs?: number | null;
  } = {},
): ServiceError {
  const { way = "reset", transient = true, retryAfterMs = null } = given;
  return new ServiceError(
    { kind: "communication", way, transient, retryAfterMs },
    message(`exchange.${way}`),
  );
}

/** The service said no. */
export function refused(code: ProblemCode): ServiceError {
  return new ServiceError(
    { kind: "refused", problem: problem(code, `said ${code}`) },
    message(`problem.${code}`),
  );
}
