import {
  diskFaultSchema,
  diskMutationSchema,
  type DiskFault,
  type DiskFaultPlace,
  type DiskMutation,
  type DiskMutationInput,
  type DiskOperation,
} from "../faults/disk-fault.ts";
import { FaultPlan } from "../faults/fault-plan.ts";

/** A call to the disk, its path also in the one spelling that stands for all of its spellings. */
export interface DiskCallSubject {
  readonly operation: DiskOperation;
  /** As the caller spells it. */
  readonly path: string;
  readonly canonicalPath: string;
}

/** One spelling for all spellings of a path. */
export type CanonicalPath = (path: string) => string;

/** The faults of a disk that are to strike. They count calls of their operation at their path. */
export class DiskFaultPlan extends FaultPlan<DiskFault, DiskCallSubject> {
  /** An empty plan. */
  constructor(canonical: CanonicalPath) {
    super({
      idPrefix: "disk-fault",
      schema: diskFaultSchema,
      matcher: (fault) => matcher(fault.operation, fault, canonical),
    });
  }
}

/** What other applications are to change on a disk, counted as faults are. */
export class DiskMutationPlan extends FaultPlan<DiskMutation, DiskCallSubject, DiskMutationInput> {
  /** An empty plan. */
  constructor(canonical: CanonicalPath) {
    super({
      idPrefix: "disk-mutation",
      schema: diskMutationSchema,
      matcher: (mutation) => matcher(mutation.at, mutation, canonical),
    });
  }
}

function matcher(
  operation: DiskOperation,
  { path, below }: DiskFaultPlace,
  canonical: CanonicalPath,
): (call: DiskCallSubject) => boolean {
  const place = canonical(path);
  return (call) => {
    if (call.operation !== operation) return false;
    const called = call.canonicalPath;
    if (called === place) return true;
    return below === true && called.startsWith(place) && /[/\\]/.test(called.charAt(place.length));
  };
}
