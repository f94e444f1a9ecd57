import type { DeleteCauseId } from "../../protocol/cause.ts";
import type { CommunicationCause, ServiceError } from "../ports/service.ts";
import { failure, type FileFailure } from "./file-outcome.ts";

const CAUSES: Record<CommunicationCause, DeleteCauseId> = {
  "B-CE-1": "DEL-CE-1",
  "B-CE-2": "DEL-CE-2",
  "B-CE-3": "DEL-CE-3",
  "B-CE-4": "DEL-CE-4",
  "B-CE-5": "DEL-CE-5",
  "B-CE-6": "DEL-CE-6",
  // The causes of a deletion have none of their own for these two (decision 0010).
  "B-CE-7": "DEL-CE-6",
  "B-CE-8": "DEL-CE-1",
};

/** What a target's row says when its deletion failed for good. */
export function deleteFailure(error: ServiceError): FileFailure<DeleteCauseId> {
  const found = error.failure;
  switch (found.kind) {
    case "communication":
      return failure("communication-error", [CAUSES[found.cause]], error.message);
    case "refused":
      return failure("unexpected", ["DEL-UX-4"], `${found.problem.code}: ${found.problem.detail}`);
    case "unknown-answer":
      return failure("unexpected", ["DEL-UX-4"], error.message);
  }
}

// No answer, or none that could be read: the request may have been carried out all the same.
const IN_DOUBT: ReadonlySet<CommunicationCause> = new Set(["B-CE-3", "B-CE-4", "B-CE-6"]);

/** Whether a deletion that failed so may have happened on the service. */
export function mayBeDeleted(error: ServiceError): boolean {
  return error.failure.kind === "communication" && IN_DOUBT.has(error.failure.cause);
}
