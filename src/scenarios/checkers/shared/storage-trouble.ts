import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import { PROBLEMS } from "../../../protocol/http/problem.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import { CUT_ANSWER, type CommunicationTrouble } from "./communication-trouble.ts";
import { foreignAnswerTrouble, foreignTrouble, type ForeignTrouble } from "./foreign-trouble.ts";
import type { RetryPolicy } from "./retry-policy.ts";

/** Whether a fault lets the service itself refuse what no honest one refuses (B-UX-10). */
export function isStrangeRefusal(fault: StorageFault): boolean {
  if (fault.kind !== "status" || isNotNow(fault.status)) return false;
  return fault.code !== undefined || PROBLEM_STATUSES.has(fault.status);
}

/** Whether a fault strikes answers alone that have no body. */
function hasNoBody({ operation = [] }: StorageFault): boolean {
  const operations = [operation].flat();
  return operations.length > 0 && operations.every((one) => one.startsWith("head"));
}

/** Whether a fault strikes in the middle of a request's body: none that is shorter meets it. */
function sparesShortBodies(fault: StorageFault): boolean {
  return BEFORE_ANSWER.has(fault.kind) && "afterBytes" in fault && (fault.afterBytes ?? 0) > 0;
}

/** Kinds whose `afterBytes` are those of the request. */
const BEFORE_ANSWER: ReadonlySet<StorageFault["kind"]> = new Set([
  "status",
  "block-page",
  "foreign",
  "delay",
  "reset",
  "never-answer",
  "unknown-answer",
  "corrupt-request-body",
]);

/** Statuses that a problem of the contract has; with any other a gateway's page comes. */
const PROBLEM_STATUSES: ReadonlySet<number> = new Set(
  Object.values(PROBLEMS).map(({ status }) => status),
);

/** A file that stands alone in its path pattern: `**` and `/` and the path below the destination. */
const BELOW_ANYTHING = "**/";

/** Which entry below a destination the path of a fault is about; undefined: any. */
export function pathBelow(
  { path }: Pick<StorageFault, "path">,
  destination: string | undefined,
): string | undefined {
  if (path?.startsWith(BELOW_ANYTHING)) return path.slice(BELOW_ANYTHING.length);
  const folder = destination === undefined ? undefined : `${destination}/`;
  return folder !== undefined && path?.startsWith(folder) ? path.slice(folder.length) : path;
}

/** What a fault of the service does to the exchanges it strikes; undefined when that is no communication error. */
export function storageTrouble(
  fault: StorageFault,
  retryPolicy: RetryPolicy,
  destination: string | undefined,
): Omit<CommunicationTrouble, "hitCount"> | undefined {
  const { path, operation } = fault;
  const below = pathBelow(fault, destination);
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
      !sparesShortBodies(fault) &&
      fault.times === "forever" &&
      (operation === undefined || path !== undefined),
    path: below,
  });
  const ofForeign = ({ ways, manner }: ForeignTrouble): Omit<CommunicationTrouble, "hitCount"> =>
    trouble(ways, 0, manner);
  switch (fault.kind) {
    case "status":
      // A refusal without a body is no more the service's than anybody's.
      if (isStrangeRefusal(fault)) return hasNoBody(fault) ? trouble(["off-contract"]) : undefined;
      if (!isNotNow(fault.status)) return ofForeign(foreignTrouble({ ...fault, mediaType: HTML }));
      return trouble(["unavailable"], (fault.retryAfterSeconds ?? 0) * 1000);
    case "block-page":
      return ofForeign(foreignTrouble({ status: 403, mediaType: HTML }));
    case "foreign":
      return ofForeign(foreignAnswerTrouble(fault.answer));
    case "unknown-answer":
      return trouble(["off-contract"]);
    case "reset":
    case "reset-after-commit":
      return trouble(["reset"]);
    case "never-answer":
    case "never-answer-after-commit":
      return trouble(["timeout"], retryPolicy.requestTimeoutMs);
    case "truncate-response":
    case "reset-response":
      return trouble(CUT_ANSWER);
    case "corrupt-response":
      // A refusal whose problem is spoilt came whole, and is none that the contract has.
      return trouble(["corrupt", "off-contract"]);
    case "wrong-digest":
      return trouble(["corrupt"]);
    case "corrupt-request-body":
      return trouble(["corrupt"]);
    case "delay":
      return fault.delayMs < retryPolicy.requestTimeoutMs
        ? trouble([])
        : trouble(["timeout"], retryPolicy.requestTimeoutMs);
    case "slow":
      // What trickles is not waited for to its end, unless that is near.
      return fault.bytesPerSecond < TRICKLE_BYTES_PER_SECOND
        ? { ...trouble(["timeout"], TRICKLE_MS), isForever: false }
        : trouble([]);
    case "hostile-listing":
    case "endless-listing":
    case "false-file":
      return undefined;
  }
}

/** Slower than this an exchange is given up. */
const TRICKLE_BYTES_PER_SECOND = 1024;

/** How long one that trickles may go on. */
const TRICKLE_MS = 5 * 60_000;

const HTML = "text/html";

function isNotNow(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 507 && status !== 511);
}
