import type { JobRun } from "../../observation/job-run.ts";
import { communicationOf, type Communication } from "../shared/communication.ts";
import { diskTroubleOf, type DiskTrouble } from "./disk-trouble.ts";
import { isUnknownAnswer } from "../shared/storage-trouble.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";

/** A content that the agent was told to be on the service, with the time it had on the disk. */
export interface Acknowledged {
  readonly sha256: string;
  readonly timeStamp: number;
}

/** A run, with what follows from its faults. */
export interface JobFacts {
  readonly run: JobRun;
  readonly retryPolicy: RetryPolicy;
  readonly communication: Communication;
  readonly disk: DiskTrouble;
  /** Answers outside the contract that truly came (B-UX-10), and whether they are tried again: never. */
  readonly unknownAnswers: boolean;
  /** What the agent was told to be on the service, by path below the destination. */
  readonly acknowledged: ReadonlyMap<string, Acknowledged>;
  /** Path and digest of what a stopped job may have had under way: it may arrive only now. */
  readonly underWay: ReadonlySet<string>;
  /** Whether the memory gauge was over the budget when it was asked. */
  readonly memoryCause: "B-OM-1" | "B-OM-2" | undefined;
}

/** The member of `JobFacts.underWay` for a content at a path below the destination. */
export function underWayKey(path: string, sha256: string): string {
  return `${sha256} ${path}`;
}

/** Gathers what follows from a run's faults. */
export function jobFacts(
  run: JobRun,
  retryPolicy: RetryPolicy,
  { acknowledged, underWay }: Pick<JobFacts, "acknowledged" | "underWay">,
): JobFacts {
  const { memory } = run.faults;
  const memoryStruck = run.fired.some((fired) => fired.layer === "memory" && fired.hitCount > 0);
  return {
    run,
    retryPolicy,
    communication: communicationOf(run, retryPolicy),
    disk: diskTroubleOf(run),
    unknownAnswers: unknownAnswersOf(run),
    acknowledged,
    underWay,
    memoryCause: !memoryStruck ? undefined : memory?.activity === "scan" ? "B-OM-1" : "B-OM-2",
  };
}

function unknownAnswersOf(run: JobRun): boolean {
  return (run.faults.storage ?? []).some(
    (fault, index) =>
      isUnknownAnswer(fault) &&
      run.fired.some(
        (fired) => fired.layer === "storage" && fired.index === index && fired.hitCount > 0,
      ),
  );
}
