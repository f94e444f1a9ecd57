import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import {
  EXCHANGE_FAILURE_CAUSES,
  type ExchangeFailure,
} from "../../../protocol/causes/exchange-failure.ts";
import type { ServiceError } from "../../ports/service.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import { message } from "../../../messages/message.ts";

/** What a target's row says when its deletion failed for good. */
export function deleteFailure(error: ServiceError): FileFailure<DeleteCauseId> {
  const found = error.failure;
  switch (found.kind) {
    case "communication":
      return failure(
        "communication-error",
        [EXCHANGE_FAILURE_CAUSES.delete[found.way]],
        error.reason,
      );
    case "refused":
      return failure("unexpected", ["DEL-UX-4"], message(`problem.${found.problem.code}`));
  }
}

// No answer, or none that could be read: the request may have been carried out all the same.
const IN_DOUBT: ReadonlySet<ExchangeFailure> = new Set([
  "reset",
  "timeout",
  "corrupt",
  "off-contract",
]);

/** Whether a deletion that failed so may have happened on the service. */
export function mayBeDeleted(error: ServiceError): boolean {
  return error.failure.kind === "communication" && IN_DOUBT.has(error.failure.way);
}
