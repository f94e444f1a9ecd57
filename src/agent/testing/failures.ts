import { problem, type ProblemCode } from "../../protocol/http/problem.ts";
import { ServiceError, type CommunicationCause } from "../ports/service.ts";

/** A failure that another try may heal, unless the test says otherwise. */
export function communicationFailure(
  given: {
    readonly cause?: CommunicationCause;
    readonly transient?: boolean;
    readonly retryAfterMs?: number | null;
  } = {},
): ServiceError {
  const { cause = "B-CE-3", transient = true, retryAfterMs = null } = given;
  return new ServiceError(
    { kind: "communication", cause, transient, retryAfterMs },
    `failed with ${cause}`,
  );
}

/** The service said no. */
export function refused(code: ProblemCode): ServiceError {
  return new ServiceError(
    { kind: "refused", problem: problem(code, `said ${code}`) },
    `refused: ${code}`,
  );
}
