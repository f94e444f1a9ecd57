import type { MemoryGauge } from "../ports/memory.ts";

/** Resident memory of this process. */
export class NodeMemory implements MemoryGauge {
  usedBytes(): number {
    return process.memoryUsage.rss();
  }
}
