import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import { communicationOf, hits, type Communication } from "../shared/communication.ts";
import { FAILED_EXCHANGE_CAUSES } from "../shared/failed-exchange-causes.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import { isStrangeRefusal } from "../shared/storage-trouble.ts";

/** The service and the way to it during a restore, which also has to see through what is false. */
export interface RestoreCommunication extends Communication<RestoreCauseId> {
  /** Whether every failure that struck is bridged by trying again, and no answer was false. */
  readonly isWell: boolean;
  /**
   * Whether nothing but entries that no honest service has is left of what struck: every listing comes to its
   * end, and what is stored has its rows beside theirs.
   */
  readonly isWellButForEntries: boolean;
  /** A page of a listing held entries that no honest service has. */
  readonly hasHostileEntries: boolean;
  /** A listing went on for ever. */
  readonly isEndless: boolean;
}

/** What went wrong on the way to the service and there; a false answer counts as a damaged one. */
export function restoreCommunication(
  run: RestoreRun,
  retryPolicy: RetryPolicy,
): RestoreCommunication {
  const communication = communicationOf(run, retryPolicy, FAILED_EXCHANGE_CAUSES.restore);
  const { causes, heals } = communication;
  const struck = (run.faults.storage ?? []).filter((_, index) => hits(run, "storage", index) > 0);
  const isFalse = struck.some(isFalseAnswer);
  const withFalse = (some: readonly RestoreCauseId[]): readonly RestoreCauseId[] =>
    isFalse ? [...new Set<RestoreCauseId>([...some, "R-CE-6"])] : some;
  return {
    ...communication,
    isWell: heals && !isFalse,
    isWellButForEntries:
      heals && struck.every((fault) => fault.kind === "hostile-listing" || !isFalseAnswer(fault)),
    hasHostileEntries: struck.some(({ kind }) => kind === "hostile-listing"),
    isEndless: struck.some(({ kind }) => kind === "endless-listing"),
    causes: withFalse(causes),
    causesAt: (path) => withFalse(communication.causesAt(path)),
  };
}

/** An answer that is whole and refuses without a reason, or is not true. */
function isFalseAnswer(fault: StorageFault): boolean {
  return (
    isStrangeRefusal(fault) ||
    fault.kind === "hostile-listing" ||
    fault.kind === "endless-listing" ||
    fault.kind === "false-file"
  );
}
