import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import type { IncompleteStatus } from "../../../protocol/status.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { DeleteRun, DeletionWork } from "../../observation/delete-run.ts";
import { communicationOf, falseListingTroubles, hits } from "../shared/communication.ts";
import { DELETE_RULES, stopOutcomes } from "../shared/job-rules.ts";
import { FAILED_EXCHANGE_CAUSES } from "../shared/failed-exchange-causes.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import { isStrangeRefusal, pathBelow } from "../shared/storage-trouble.ts";

/** Something that can keep a target from being deleted. */
interface DeleteTrouble {
  readonly status: IncompleteStatus;
  readonly causes: readonly DeleteCauseId[];
  /** What it can strike: everything, or this path below the destination. */
  readonly path: string | undefined;
  /** Whether it meets every try. */
  readonly isCertain: boolean;
}

/** What went wrong while a delete job worked. */
export interface DeleteTroubles {
  readonly troubles: readonly DeleteTrouble[];
  /** Whether anything at all struck: then a target may be deleted and the agent not have heard of it. */
  readonly isDisturbed: boolean;
  /** Whether something was tried again. */
  readonly isRetried: boolean;
}

/** What went wrong on the way to the service, there, in memory and by people's hands. */
export function deleteTroublesOf(
  deletion: DeleteRun,
  work: DeletionWork,
  retryPolicy: RetryPolicy,
): DeleteTroubles {
  const { fired, sleepsMs, network } = work;
  const { destination } = deletion;
  const faulty = { faults: deletion.faults, fired, sleepsMs, network, destination };
  const { heals, causes, troubles, isRetried } = communicationOf(
    faulty,
    retryPolicy,
    FAILED_EXCHANGE_CAUSES.delete,
    falseListingTroubles(faulty),
  );
  const found: DeleteTrouble[] = [];
  const outageIsOut = deletion.faults.outage?.forMs === "forever" && hits(faulty, "outage", 0) > 0;
  if (!heals) {
    for (const trouble of troubles) {
      found.push({
        status: "communication-error",
        causes: trouble.ways.map((way) => FAILED_EXCHANGE_CAUSES.delete[way]),
        path: trouble.path,
        isCertain: trouble.isForever && (!outageIsOut || deletion.faults.outage?.afterMs === 0),
      });
    }
    for (const fault of deletion.faults.storage ?? []) {
      if (!meetsEveryDeletion(fault) || isStrangeRefusal(fault)) continue;
      found.push({
        status: "communication-error",
        causes,
        path: pathBelow(fault, destination),
        isCertain: fault.kind !== "delay" && fault.kind !== "slow",
      });
    }
  }
  for (const [index, fault] of (deletion.faults.storage ?? []).entries()) {
    if (!isStrangeRefusal(fault) || hits(faulty, "storage", index) === 0) continue;
    found.push({
      status: "unexpected",
      causes: ["DEL-UX-4"],
      path: pathBelow(fault, destination),
      isCertain: meetsEveryDeletion(fault),
    });
  }
  if (hits(faulty, "memory", 0) > 0) {
    found.push({
      status: "out-of-memory",
      causes: ["DEL-OM-1"],
      path: undefined,
      // It is asked before the first target.
      isCertain: deletion.faults.memory?.activity === "delete" && deletion.faults.memory.nth === 1,
    });
  }
  const isDisturbed = found.length > 0 || troubles.length > 0;
  // Of a service that was put back since the backup looked, nothing is known, and nothing is deleted (D18).
  const touches = [...(deletion.backup?.destinationTouches ?? []), ...work.destinationTouches];
  if (touches.some(({ isWholeService }) => isWholeService)) {
    const refused: readonly DeleteCauseId[] = ["DEL-UX-4"];
    found.push({ status: "unexpected", causes: refused, path: undefined, isCertain: false });
  }
  for (const { status, cause } of stopOutcomes(deletion.stop, DELETE_RULES)) {
    found.push({ status, causes: [cause], path: undefined, isCertain: false });
  }
  return {
    troubles: found,
    isDisturbed,
    isRetried,
  };
}

/** Whether a fault strikes each request that deletes something (of its path). */
function meetsEveryDeletion({ operation, nth, times }: StorageFault): boolean {
  if ((nth ?? 1) !== 1 || times !== "forever" || operation === undefined) return false;
  const operations = typeof operation === "string" ? [operation] : operation;
  return operations.includes("deleteFile") && operations.includes("deleteFolder");
}
