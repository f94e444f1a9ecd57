import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { FaultPlan, type DueFault } from "../../faults/fault-plan.ts";
import { pathGlob } from "../../faults/path-glob.ts";
import { storageFaultSchema, type StorageFault } from "../../faults/storage-fault.ts";

/** What is known of a request when its faults are chosen. */
export interface RequestSubject {
  /** Null for a request outside the contract. */
  readonly operationId: OperationId | null;
  readonly paths: readonly string[];
}

/** A request, or a part of a batch: a fault strikes one or the other. */
export interface StorageFaultSubject extends RequestSubject {
  readonly scope: "request" | "part";
}

/** The faults of the storage service that are to strike. They count requests, or parts of batches. */
export class StorageFaultPlan extends FaultPlan<StorageFault, StorageFaultSubject> {
  /** An empty plan. */
  constructor() {
    super({ idPrefix: "fault", schema: storageFaultSchema, matcher });
  }

  /** Whether any fault looks at paths: only then are bodies read to find out which they name. */
  get usesPaths(): boolean {
    return this.list().some(({ fault }) => fault.path !== undefined);
  }

  /** Counts a request; gives the faults that are due at it. */
  dueAtRequest(subject: RequestSubject): readonly DueFault<StorageFault>[] {
    return this.due({ ...subject, scope: "request" });
  }

  /** Counts one part of a batch; gives the faults that refuse single parts and are due at it. */
  dueAtPart(path: string): readonly DueFault<StorageFault>[] {
    return this.due({ operationId: "batchUpload", paths: [path], scope: "part" });
  }
}

function matcher(fault: StorageFault): (subject: StorageFaultSubject) => boolean {
  const { operation, path } = fault;
  const scope = fault.kind === "status" ? (fault.scope ?? "request") : "request";
  const operations = operation === undefined ? null : new Set<string>([operation].flat());
  const matchesPath = path === undefined ? null : pathGlob(path);
  return (subject) => {
    const { operationId, paths } = subject;
    if (subject.scope !== scope) return false;
    if (operations !== null && (operationId === null || !operations.has(operationId))) return false;
    return matchesPath === null || paths.some((named) => matchesPath(named));
  };
}
