import type { MemoryGauge } from "../ports/memory.ts";

/** Of a process that holds nothing, and may hold everything. */
export const AMPLE_MEMORY: MemoryGauge = {
  usedBytes: () => 0,
  allowedBytes: () => Number.POSITIVE_INFINITY,
  take: () => undefined,
  give: () => undefined,
};
