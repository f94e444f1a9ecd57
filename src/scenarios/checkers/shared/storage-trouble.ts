import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import { CUT_ANSWER, type CommunicationTrouble } from "./communication-trouble.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** Whether a fault gives an answer that no contract of the service knows (B-UX-10). */
export function isUnknownAnswer(fault: StorageFault): boolean {
  if (fault.kind === "unknown-answer") return true;
  if (fault.kind !== "status") return false;
  return !isNotNow(fault.status);
}

/** A file that stands alone in its path pattern: `**` and `/` and the path below the destination. */
const BELOW_ANYTHING = "**/";

/** What a fault of the service does to the exchanges it strikes; undefined when that is no communication error. */
export function storageTrouble(
  fault: StorageFault,
  retryPolicy: RetryPolicy,
): Omit<CommunicationTrouble, "hitCount"> | undefined {
  const { path, operation } = fault;
  const below = path?.startsWith(BELOW_ANYTHING) ? path.slice(BELOW_ANYTHING.length) : path;
  const trouble = (
    ways: readonly ExchangeFailure[],
    costMs = 0,
    manner: "retried" | "final" = "retried",
  ): Omit<CommunicationTrouble, "hitCount"> => ({
    ways,
    manner,
    costMs,
    isForever:
      (fault.nth ?? 1) === 1 &&
      fault.times === "forever" &&
      (operation === undefined || path !== undefined),
    path: below,
  });
  switch (fault.kind) {
    case "status":
      if (!isNotNow(fault.status)) return undefined;
      return trouble(["unavailable"], (fault.retryAfterSeconds ?? 0) * 1000);
    case "block-page":
      return trouble(["blocked"], 0, "final");
    case "reset":
    case "reset-after-commit":
      return trouble(["reset"]);
    case "never-answer":
      return trouble(["timeout"], retryPolicy.requestTimeoutMs);
    case "truncate-response":
    case "reset-response":
      return trouble(CUT_ANSWER);
    case "corrupt-response":
    case "wrong-digest":
      return trouble(["corrupt"]);
    case "corrupt-request-body":
      return trouble(["corrupt"]);
    case "delay":
      return fault.delayMs < retryPolicy.requestTimeoutMs
        ? trouble([])
        : trouble(["timeout"], retryPolicy.requestTimeoutMs);
    case "slow":
      return trouble([]);
    case "unknown-answer":
    case "hostile-listing":
    case "endless-listing":
    case "false-file":
      return undefined;
  }
}

function isNotNow(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 507);
}
