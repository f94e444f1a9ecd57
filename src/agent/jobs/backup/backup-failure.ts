import { EXCHANGE_FAILURE_CAUSES } from "../../../protocol/causes/exchange-failure.ts";
import type { ServiceError } from "../../ports/service.ts";
import { capacityCause, type Capacity } from "./capacity-cause.ts";
import { failure, type FileFailure } from "../../core/file-outcome.ts";
import type { Problem } from "../../../protocol/http/problem.ts";
import { forbiddenNameCause } from "../../../protocol/forbidden-name.ts";
import { message } from "../../../messages/message.ts";

/** What the service's refusal is about. */
export interface RefusedTarget {
  readonly name: string;
  readonly entryKind: "file" | "folder";
  readonly sizeBytes: number;
  /** Capacity as it stood when the job started; null when it was not learned. */
  readonly capacityAtStart: Capacity | null;
}

/** What a target's row of a backup says when its exchange with the service failed for good. */
export function backupFailure(error: ServiceError, target: RefusedTarget): FileFailure {
  const found = error.failure;
  switch (found.kind) {
    case "communication":
      return failure(
        "communication-error",
        [EXCHANGE_FAILURE_CAUSES.backup[found.way]],
        error.reason,
      );
    case "refused":
      return refusalFailure(found.problem, target);
  }
}

/** What a target's row says when the service understood and said no. */
export function refusalFailure(problem: Problem, target: RefusedTarget): FileFailure {
  const reason = message(`problem.${problem.code}`);
  switch (problem.code) {
    case "insufficient-capacity":
      return failure("insufficient-capacity", [capacityCause(target)], reason);
    case "forbidden-name":
      return failure(
        "forbidden-characters",
        [forbiddenNameCause(target.name, target.entryKind) ?? "B-FC-10"],
        reason,
      );
    // It was there when the job began (preflight.ts).
    case "parent-missing":
    case "folder-changed":
    case "state-changed":
      return failure("unexpected", ["B-UX-11"], reason);
    default:
      return failure("unexpected", ["B-UX-10"], reason);
  }
}
