import * as fc from "fast-check";

import type { ScenarioTuning } from "../scenario/scenario-tuning.ts";

/**
 * How the agent works, with limits so small that a few files of a few kilobytes reach every branch:
 * batches that fill up by count and by bytes, single files, uploads in several appends.
 */
export const tuningArbitrary: fc.Arbitrary<ScenarioTuning> = fc
  .record({
    parallelUploadCount: fc.integer({ min: 1, max: 6 }),
    parallelDownloadCount: fc.integer({ min: 1, max: 6 }),
    parallelDeleteCount: fc.constantFrom(1, 2, 4),
    batchedFileBytesMax: fc.constantFrom(0, 64, 512, 2048),
    batchBytesMax: fc.constantFrom(2048, 4096, 65_536),
    batchPartCountMax: fc.constantFrom(1, 2, 5, 64),
    wholeFileBytesMax: fc.constantFrom(2048, 4096, 8192),
    appendBytes: fc.constantFrom(1000, 4096, 16_384),
    unstableFileRetryCount: fc.integer({ min: 1, max: 3 }),
  })
  .map((tuning) => ({ ...tuning, ...PATIENCE }));

/** Patience that scenarios count on: what a run bears without a communication error. */
const PATIENCE = {
  requestTimeoutMs: 20_000,
  retryBudgetMs: 300_000,
  retryDelayMs: 500,
  retryDelayMsMax: 20_000,
  unstableFileRetryDelayMs: 500,
} as const;
