import { FaultPlan } from "../faults/fault-plan.ts";
import { memoryFaultSchema, type MemoryFault } from "../faults/memory-fault.ts";

const DEFAULT_BYTES = 64 * 2 ** 20;

/** More than any budget: what the gauge shows when the memory runs out. */
const OVER_EVERY_BUDGET_BYTES = 2 ** 50;

/*
 * Fault model of the memory.
 * - What it can do to you: show, from the nth time on that an activity asks, more than any budget.
 * - What a correct client must survive: it; by ending its job and saying why.
 * - Never injected, not modelled: an allocation that fails, a process that the host ends for it.
 */

/** Memory that ran out comes back only when somebody gives it back. */
type LastingMemoryFault = MemoryFault & { readonly times: "forever" };

/** The gauge of what a process holds in memory. */
export class SimMemory {
  /** The faults that are to strike. They count how often their activity asks. */
  readonly faults: FaultPlan<LastingMemoryFault, string, MemoryFault> = new FaultPlan({
    idPrefix: "memory-fault",
    schema: memoryFaultSchema.transform((fault) => ({ ...fault, times: "forever" as const })),
    matcher: (fault) => (activity) => fault.activity === activity,
  });
  readonly #bytes: number;

  /** Shows `bytes` while nothing is wrong; default: 64 MiB. */
  constructor(bytes: number = DEFAULT_BYTES) {
    this.#bytes = bytes;
  }

  /** What the process holds. */
  usedBytes(activity: string): number {
    return this.faults.strike(activity).length > 0 ? OVER_EVERY_BUDGET_BYTES : this.#bytes;
  }
}
