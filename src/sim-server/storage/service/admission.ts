import type { IncomingHttpHeaders } from "node:http";

import { message } from "../../../messages/message.ts";
import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { OPERATIONS } from "../../../protocol/http/operations.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { ServiceState } from "../handlers/request-context.ts";
import type { LiveSession } from "../stores/session-store.ts";

/**
 * The session a request comes with, as far as its operation wants one. Refuses with
 * `session-required` or `session-expired`. A token that is sent where none is needed has to be good
 * all the same, except where nobody looks at it.
 */
export function admit(
  operationId: OperationId,
  headers: IncomingHttpHeaders,
  state: ServiceState,
): LiveSession | null {
  const need = OPERATIONS[operationId].session;
  if (need === "none") return null;
  const { authorization } = headers;
  if (need === "optional" && authorization === undefined && state.anonymousUploads) return null;
  const token = /^Bearer +([\w.~+/=-]+) *$/i.exec(authorization ?? "")?.[1];
  const lookup = token === undefined ? undefined : state.sessions.use(token);
  switch (lookup?.kind) {
    case "live":
      return lookup.session;
    case "expired":
      throw challenge("session-expired");
    case "unknown":
    case undefined:
      throw challenge("session-required");
  }
}

function challenge(code: "session-required" | "session-expired"): ProblemError {
  return new ProblemError(code, message(`request.${code}`), {
    headers: { "www-authenticate": 'Bearer realm="azukeru", error="invalid_token"' },
  });
}
