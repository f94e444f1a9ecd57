import * as fc from "fast-check";

import type { ScenarioTuning, ServiceTuning } from "../scenario/scenario-tuning.ts";

/**
 * How much is held at a time. Pages, batches and queues are small in most runs, so that a tree of a few entries is more
 * than one of them: 1, 2, 3, or as much as a folder has; as shipped in some.
 */
const held = (shipped: number): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 1, arbitrary: fc.integer({ min: 5, max: 12 }) },
    { weight: 1, arbitrary: fc.constant(shipped) },
  );

const HELD_COUNTS = {
  namesTogetherCount: held(256),
  itemsTogetherCount: held(64),
  namesInMemoryCountMax: held(10_000),
  rowsTogetherCount: held(500),
  statePageRowCount: held(512),
  historyPageRowCount: held(100),
  listedTogetherCount: held(100),
  syncedTogetherCountMax: held(32),
  heldFolderDepthMax: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(100)),
} as const;

/** How much the service gives at a time. */
export const serviceTuningArbitrary: fc.Arbitrary<ServiceTuning> = fc.record({
  listingPageEntryCountMax: held(1_000),
});

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
    ...HELD_COUNTS,
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
