import { FaultPlan } from "../faults/fault-plan.ts";
import { memoryFaultSchema, type MemoryFault } from "../faults/memory-fault.ts";

const DEFAULT_BYTES = 64 * 2 ** 20;

/** More than any budget: what the gauge shows when the memory runs out. */
const OVER_EVERY_BUDGET_BYTES = 2 ** 50;

/** What an entry takes that a process holds, beside its name or path. */
const ENTRY_BYTES = 300;

/** What a byte of a name or path takes: most are held both as bytes and as text. */
const BYTES_PER_PATH_BYTE = 2;

/*
 * Fault model of the memory.
 * - What it can do to you: let a process have only so much more than it holds when it does nothing;
 *   show, from the nth time on that an activity asks, more than any budget.
 * - What a correct client must survive: both; by ending its job and saying why.
 * - Never injected, not modelled: an allocation that fails, a process that the host ends for it, what
 *   the collector has not given back yet.
 */

/** Memory that ran out comes back only when somebody gives it back. */
type LastingMemoryFault = MemoryFault & { readonly times: "forever" };

/** What a process says that it holds: so many entries, and the bytes of their names or paths. */
interface HeldEntries {
  readonly entryCount: number;
  readonly pathBytes: number;
}

/** The memory of a PC. */
export class SimMemory {
  /** The faults that are to strike. They count how often their activity asks. */
  readonly faults: FaultPlan<LastingMemoryFault, string, MemoryFault> = new FaultPlan({
    idPrefix: "memory-fault",
    schema: memoryFaultSchema.transform((fault) => ({ ...fault, times: "forever" as const })),
    matcher: (fault) => (activity) => fault.activity === activity,
  });
  readonly #bytes: number;
  #freeBytes = Number.POSITIVE_INFINITY;

  /** A process holds `bytes` when it does nothing; default: 64 MiB. */
  constructor(bytes: number = DEFAULT_BYTES) {
    this.#bytes = bytes;
  }

  /** From now on each process may hold so many bytes beside what it holds when it does nothing. */
  setFree(bytes: number): void {
    this.#freeBytes = bytes;
  }

  /** The memory of a process that begins. */
  createProcess(): ProcessMemory {
    return new ProcessMemory({
      restingBytes: this.#bytes,
      isOut: (activity) => this.faults.strike(activity).length > 0,
      freeBytes: () => this.#freeBytes,
    });
  }
}

interface ProcessMemoryOptions {
  readonly restingBytes: number;
  readonly isOut: (activity: string) => boolean;
  readonly freeBytes: () => number;
}

/** What one process holds in memory: follows what its stages say that they hold. */
export class ProcessMemory {
  readonly #options: ProcessMemoryOptions;
  #heldBytes = 0;

  constructor(options: ProcessMemoryOptions) {
    this.#options = options;
  }

  /** What the process holds. */
  usedBytes(activity: string): number {
    const { isOut, restingBytes } = this.#options;
    return isOut(activity) ? OVER_EVERY_BUDGET_BYTES : restingBytes + this.#heldBytes;
  }

  /** What the PC lets it hold. */
  allowedBytes(): number {
    const { restingBytes, freeBytes } = this.#options;
    return restingBytes + freeBytes();
  }

  /** The process holds these from now on. */
  take(held: HeldEntries): void {
    this.#heldBytes += bytesOf(held);
  }

  /** The process holds these no more. Throws `RangeError` for more than it holds. */
  give(held: HeldEntries): void {
    const bytes = bytesOf(held);
    if (bytes > this.#heldBytes) {
      throw new RangeError(`${bytes} bytes are given back, and ${this.#heldBytes} are held`);
    }
    this.#heldBytes -= bytes;
  }
}

function bytesOf({ entryCount, pathBytes }: HeldEntries): number {
  return entryCount * ENTRY_BYTES + pathBytes * BYTES_PER_PATH_BYTE;
}
