import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import type { NetworkFault } from "../../../sim-server/faults/network-fault.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { longestDelayMs, type RetryPolicy } from "./retry-policy.ts";
import { CUT_ANSWER, type CommunicationTrouble } from "./communication-trouble.ts";
import { interceptedTrouble } from "./foreign-trouble.ts";
import { wayTroubles } from "./way-trouble.ts";
import { storageTrouble } from "./storage-trouble.ts";

/** The service and the way to it during one run; `Cause`: what a job of its kind calls it. */
export interface Communication<Cause> {
  /** What struck and let exchanges fail, whether or not trying again bridged it. */
  readonly troubles: readonly CommunicationTrouble[];
  /** True causes of a communication error in this run; none: there can be none. */
  readonly causes: readonly Cause[];
  /** Whether every failure that struck is bridged by trying again: no communication error is allowed. */
  readonly heals: boolean;
  /** Whether no exchange of this run could succeed. */
  readonly isGone: boolean;
  /** Whether something was tried again. */
  readonly isRetried: boolean;
  /** True causes of a communication error about a path below the destination; none: there can be none. */
  causesAt(path: string): readonly Cause[];
  /** Whether no exchange about the bytes of this path could succeed. */
  isBlocked(path: string): boolean;
}

/** A run of any kind of job, as far as its faults go. */
export type FaultyRun = Pick<BackupRun, "faults" | "fired"> &
  Partial<Pick<BackupRun, "sleepsMs" | "network" | "destination">>;

/** What went wrong on the way to the service and there, from the faults that truly struck, and what the kind of job adds. */
export function communicationOf<Cause>(
  run: FaultyRun,
  retryPolicy: RetryPolicy,
  causeOf: Readonly<Record<ExchangeFailure, Cause>>,
  more: readonly CommunicationTrouble[] = [],
): Communication<Cause> {
  const troubles = [
    ...more,
    ...networkTroubles(run, retryPolicy),
    ...storageTroubles(run, retryPolicy),
    ...sleepTroubles(run, retryPolicy),
    ...(run.network === undefined ? [] : wayTroubles(run.network)),
  ].filter(({ hitCount, ways }) => hitCount > 0 && ways.length > 0);
  const costsMs = troubles.flatMap(({ costMs, hitCount }) =>
    Array.from({ length: Math.min(hitCount, MANY) }, () => costMs),
  );
  const isForeign = troubles.some(({ ways }) => ways.some((way) => FOREIGN_WAYS.includes(way)));
  const budgetMs = isForeign ? retryPolicy.foreignRetryBudgetMs : retryPolicy.retryBudgetMs;
  const isBridged = longestDelayMs(retryPolicy, costsMs) < budgetMs * SAFE_SHARE;
  const heals =
    troubles.length === 0 ||
    (isBridged &&
      // What strikes for ever is not bridged, however soon the agent is content.
      troubles.every(({ manner, isForever }) => manner === "retried" && !isForever));
  const concerning = (path: string): readonly CommunicationTrouble[] =>
    troubles.filter((trouble) => trouble.path === undefined || trouble.path === path);
  const causesIn = (some: readonly CommunicationTrouble[]): readonly Cause[] =>
    heals ? [] : [...new Set(some.flatMap(({ ways }) => ways.map((way) => causeOf[way])))];
  return {
    troubles,
    causes: causesIn(troubles),
    heals,
    isGone: troubles.some((trouble) => trouble.isForever && trouble.path === undefined),
    isRetried: troubles.some(({ manner }) => manner === "retried"),
    causesAt: (path) => causesIn(concerning(path)),
    isBlocked: (path) => concerning(path).some(({ isForever }) => isForever),
  };
}

/** An answer came, and it is not the service's: that is tried again for less long. */
const FOREIGN_WAYS: readonly ExchangeFailure[] = ["foreign", "off-contract"];

/** So many failures in a row exceed any budget that scenarios use. */
const MANY = 200;

/** Where a run comes close to its budget, jitter and other delays may decide; both are allowed then. */
const SAFE_SHARE = 0.8;

function networkTroubles(run: FaultyRun, retryPolicy: RetryPolicy): CommunicationTrouble[] {
  const found = (run.faults.network ?? []).map((fault, index) =>
    networkTrouble(fault, hits(run, "network", index), retryPolicy),
  );
  const { outage } = run.faults;
  if (outage === undefined) return found;
  const isForever = outage.forMs === "forever";
  const pausesMs = outage.forMs === "forever" ? Infinity : outage.forMs;
  return [
    ...found,
    {
      // Connections that were open stand still: what is under way on them hears nothing more.
      ways: [OUTAGE_WAYS[outage.kind], "timeout"],
      manner: "retried",
      // An outage is one long failure: it costs its own length, and the pause that outlasts it.
      costMs: pausesMs + retryPolicy.retryDelayMsMax + retryPolicy.requestTimeoutMs,
      hitCount: hits(run, "outage", 0),
      isForever: isForever && outage.afterMs === 0,
      path: undefined,
    },
  ];
}

/** A PC that sleeps loses its connections, and is without a network until it wakes. */
function sleepTroubles(
  { sleepsMs = [] }: FaultyRun,
  retryPolicy: RetryPolicy,
): CommunicationTrouble[] {
  return sleepsMs.map((ms) => ({
    ways: ["unreachable", "reset", "timeout", "corrupt"],
    manner: "retried",
    costMs: ms + retryPolicy.retryDelayMsMax + retryPolicy.requestTimeoutMs,
    hitCount: 1,
    isForever: false,
    path: undefined,
  }));
}

const OUTAGE_WAYS = {
  unreachable: "unreachable",
  unresolved: "unresolved",
  silent: "timeout",
} as const satisfies Record<string, ExchangeFailure>;

function networkTrouble(
  fault: NetworkFault,
  hitCount: number,
  retryPolicy: RetryPolicy,
): CommunicationTrouble {
  const isForever = (fault.nth ?? 1) === 1 && fault.times === "forever";
  const trouble = (
    ways: readonly ExchangeFailure[],
    costMs = 0,
    manner: "retried" | "final" = "retried",
  ): CommunicationTrouble => ({ ways, manner, costMs, hitCount, isForever, path: undefined });
  switch (fault.kind) {
    case "refused":
    case "unreachable":
      return trouble(["unreachable"]);
    case "unresolved":
      return trouble(["unresolved"]);
    case "timeout":
      return trouble(["timeout"], Math.min(fault.afterMs, retryPolicy.requestTimeoutMs));
    case "silent":
      return trouble(["timeout"], retryPolicy.requestTimeoutMs);
    case "tls-failure":
      return trouble(["tls"], 0, "final");
    case "reset-after":
      // Counted from the server, it may come within an answer.
      return {
        ...trouble(fault.bytesDown === undefined ? ["reset"] : CUT_ANSWER),
        isForever: isForever && spoilsAll(fault),
      };
    case "blackhole-after":
      return {
        ...trouble(["timeout"], retryPolicy.requestTimeoutMs),
        isForever: isForever && spoilsAll(fault),
      };
    case "truncate-after":
      return {
        ...trouble(CUT_ANSWER),
        isForever: isForever && fault.bytesDown < SMALLEST_ANSWER_BYTES,
      };
    case "intercepted": {
      const { ways, manner } = interceptedTrouble(fault.answer);
      return trouble(ways, 0, manner);
    }
    case "latency":
    case "throttle":
      return trouble([]);
  }
}

/** No answer of the service is shorter than this, so a connection cut before it carries none. */
const SMALLEST_ANSWER_BYTES = 100;

/** No request is shorter than this. */
const SMALLEST_REQUEST_BYTES = 60;

function spoilsAll(fault: {
  bytesUp?: number | undefined;
  bytesDown?: number | undefined;
}): boolean {
  return (
    (fault.bytesUp ?? Infinity) < SMALLEST_REQUEST_BYTES ||
    (fault.bytesDown ?? Infinity) < SMALLEST_ANSWER_BYTES
  );
}

function storageTroubles(run: FaultyRun, retryPolicy: RetryPolicy): CommunicationTrouble[] {
  return (run.faults.storage ?? []).flatMap((fault, index) => {
    const trouble = storageTrouble(fault, retryPolicy, run.destination);
    return trouble === undefined ? [] : [{ ...trouble, hitCount: hits(run, "storage", index) }];
  });
}

/**
 * What comes to a job that compares with listings, and meets one with entries that no honest service has, or one
 * without an end: it may see that the answer is none. A restore says of each entry what it is.
 */
export function falseListingTroubles(run: FaultyRun): CommunicationTrouble[] {
  return (run.faults.storage ?? []).flatMap(({ kind }, index) =>
    kind === "hostile-listing" || kind === "endless-listing"
      ? [
          {
            ways: ["corrupt", "off-contract"],
            // Where a listing without an end began is where it goes on when it is asked again.
            manner: kind === "endless-listing" ? "final" : "retried",
            costMs: 0,
            isForever: false,
            path: undefined,
            hitCount: hits(run, "storage", index),
          },
        ]
      : [],
  );
}

/** How often a fault of the run struck. */
export function hits(run: FaultyRun, layer: string, index: number): number {
  const found = run.fired.find((fired) => fired.layer === layer && fired.index === index);
  return found?.hitCount ?? 0;
}
