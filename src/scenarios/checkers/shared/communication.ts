import type { BackupCauseId } from "../../../protocol/cause.ts";
import type { NetworkFault } from "../../../sim-server/faults/network-fault.ts";
import type { JobRun } from "../../observation/job-run.ts";
import { longestDelayMs, type RetryPolicy } from "./retry-policy.ts";
import { CUT_ANSWER, type CommunicationTrouble } from "./communication-trouble.ts";
import { storageTrouble } from "./storage-trouble.ts";

/** The service and the way to it during one run. */
export interface Communication {
  readonly troubles: readonly CommunicationTrouble[];
  /** True causes of a communication error in this run. */
  readonly causes: readonly BackupCauseId[];
  /** Whether every failure that struck is bridged by trying again: no communication error is allowed. */
  readonly heals: boolean;
  /** Whether no exchange of this run could succeed. */
  readonly isGone: boolean;
}

/** A run of any kind of job, as far as its faults go. */
export type FaultyRun = Pick<JobRun, "faults" | "fired"> & Partial<Pick<JobRun, "napsMs">>;

/** What went wrong on the way to the service and there, from the faults that truly struck. */
export function communicationOf(run: FaultyRun, retryPolicy: RetryPolicy): Communication {
  const troubles = [
    ...networkTroubles(run, retryPolicy),
    ...storageTroubles(run, retryPolicy),
    ...napTroubles(run, retryPolicy),
  ].filter(({ hitCount }) => hitCount > 0);
  const failures = troubles.filter(({ causes }) => causes.length > 0);
  const costsMs = failures.flatMap(({ costMs, hitCount }) =>
    Array.from({ length: Math.min(hitCount, MANY) }, () => costMs),
  );
  const bridged = longestDelayMs(retryPolicy, costsMs) < retryPolicy.retryBudgetMs * SAFE_SHARE;
  return {
    troubles: failures,
    causes: [...new Set(failures.flatMap(({ causes }) => causes))],
    heals: bridged && failures.every(({ manner }) => manner === "retried"),
    isGone: failures.some((trouble) => trouble.isForever && trouble.path === undefined),
  };
}

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
      causes: [OUTAGE_CAUSES[outage.kind], "B-CE-4"],
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
function napTroubles({ napsMs = [] }: FaultyRun, retryPolicy: RetryPolicy): CommunicationTrouble[] {
  return napsMs.map((ms) => ({
    causes: ["B-CE-1", "B-CE-3", "B-CE-4", "B-CE-6"],
    manner: "retried",
    costMs: ms + retryPolicy.retryDelayMsMax + retryPolicy.requestTimeoutMs,
    hitCount: 1,
    isForever: false,
    path: undefined,
  }));
}

const OUTAGE_CAUSES = {
  unreachable: "B-CE-1",
  unresolved: "B-CE-2",
  silent: "B-CE-4",
} as const satisfies Record<string, BackupCauseId>;

function networkTrouble(
  fault: NetworkFault,
  hitCount: number,
  retryPolicy: RetryPolicy,
): CommunicationTrouble {
  const isForever = (fault.nth ?? 1) === 1 && fault.times === "forever";
  const trouble = (
    causes: readonly BackupCauseId[],
    costMs = 0,
    manner: "retried" | "final" = "retried",
  ): CommunicationTrouble => ({ causes, manner, costMs, hitCount, isForever, path: undefined });
  switch (fault.kind) {
    case "refused":
    case "unreachable":
      return trouble(["B-CE-1"]);
    case "unresolved":
      return trouble(["B-CE-2"]);
    case "timeout":
      return trouble(["B-CE-4"], Math.min(fault.afterMs, retryPolicy.requestTimeoutMs));
    case "silent":
      return trouble(["B-CE-4"], retryPolicy.requestTimeoutMs);
    case "tls-failure":
      return trouble(["B-CE-8"], 0, "final");
    case "reset-after":
      return { ...trouble(["B-CE-3"]), isForever: isForever && spoilsAll(fault) };
    case "blackhole-after":
      return {
        ...trouble(["B-CE-4"], retryPolicy.requestTimeoutMs),
        isForever: isForever && spoilsAll(fault),
      };
    case "truncate-after":
      return {
        ...trouble(CUT_ANSWER),
        isForever: isForever && fault.bytesDown < SMALLEST_ANSWER_BYTES,
      };
    case "intercepted":
      return trouble(["B-CE-7"], 0, "final");
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
    const trouble = storageTrouble(fault, retryPolicy);
    return trouble === undefined ? [] : [{ ...trouble, hitCount: hits(run, "storage", index) }];
  });
}

/** How often a fault of the run struck. */
export function hits(run: FaultyRun, layer: string, index: number): number {
  const found = run.fired.find((fired) => fired.layer === layer && fired.index === index);
  return found?.hitCount ?? 0;
}
