import type { BackupCauseId, RestoreCauseId } from "../../../protocol/cause.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import { communicationOf, hits, type Communication } from "../shared/communication.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import { isUnknownAnswer } from "../shared/storage-trouble.ts";

/** The service and the way to it during a restore. */
export interface RestoreCommunication {
  /** Whether every failure that struck is bridged by trying again, and no answer was false. */
  readonly isWell: boolean;
  /** Whether no exchange of this run could succeed. */
  readonly isGone: boolean;
  /** Whether something was tried again. */
  readonly isRetried: boolean;
  /** A page of a listing held entries that no honest service has, and nothing else went wrong. */
  readonly hasHostileEntries: boolean;
  readonly isEndless: boolean;
  /** True causes of a communication error at a path below the destination; none: there can be none. */
  causesAt(path: string): readonly RestoreCauseId[];
  /** True causes of a communication error of the job as a whole. */
  readonly causes: readonly RestoreCauseId[];
  /** Whether no exchange about the bytes of this path could succeed. */
  isBlocked(path: string): boolean;
}

/** What went wrong on the way to the service and there, in the words of a restore. */
export function restoreCommunication(
  run: RestoreRun,
  retryPolicy: RetryPolicy,
): RestoreCommunication {
  const communication = communicationOf(run, retryPolicy);
  const { troubles } = communication;
  const struck = (run.faults.storage ?? []).filter((_, index) => hits(run, "storage", index) > 0);
  const isFalse = struck.some(isFalseAnswer);
  const falseCauses: readonly RestoreCauseId[] = isFalse ? ["R-CE-6"] : [];
  const isBridged = troubles.length === 0 || communication.heals;
  const concerning = (path: string): Communication["troubles"] =>
    isBridged
      ? []
      : troubles.filter((trouble) => trouble.path === undefined || trouble.path === path);
  return {
    isWell: isBridged && !isFalse,
    isGone: communication.isGone,
    isRetried: troubles.some(({ manner }) => manner === "retried"),
    hasHostileEntries: struck.some(({ kind }) => kind === "hostile-listing"),
    isEndless: struck.some(({ kind }) => kind === "endless-listing"),
    causes: unique([...(isBridged ? [] : communication.causes.map(inRestore)), ...falseCauses]),
    causesAt: (path) => {
      const own = concerning(path).flatMap(({ causes }) => causes.map(inRestore));
      return unique([...own, ...falseCauses]);
    },
    isBlocked: (path) => concerning(path).some((trouble) => trouble.isForever),
  };
}

/** An answer that is whole and outside the contract, or not true. */
function isFalseAnswer(fault: StorageFault): boolean {
  return (
    isUnknownAnswer(fault) ||
    fault.kind === "hostile-listing" ||
    fault.kind === "endless-listing" ||
    fault.kind === "false-file"
  );
}

/** R-CE-1 to 6 are B-CE-1 to 6; a page in between is a damaged answer, and without TLS nothing is reached. */
function inRestore(cause: BackupCauseId): RestoreCauseId {
  return CAUSES[cause] ?? "R-CE-6";
}

const CAUSES: Partial<Record<BackupCauseId, RestoreCauseId>> = {
  "B-CE-1": "R-CE-1",
  "B-CE-2": "R-CE-2",
  "B-CE-3": "R-CE-3",
  "B-CE-4": "R-CE-4",
  "B-CE-5": "R-CE-5",
  "B-CE-6": "R-CE-6",
  "B-CE-7": "R-CE-6",
  "B-CE-8": "R-CE-1",
};

function unique(causes: readonly RestoreCauseId[]): readonly RestoreCauseId[] {
  return [...new Set(causes)];
}
