import { z } from "zod";

const count = z.int().min(0);
const some = z.int().min(1);

/** What of the agent's tuning a scenario sets; the rest keeps its default. */
export const scenarioTuningSchema = z.strictObject({
  parallelUploadCount: z.int().min(1).max(32).optional(),
  parallelDownloadCount: z.int().min(1).max(32).optional(),
  parallelDeleteCount: z.int().min(1).max(32).optional(),
  batchedFileBytesMax: count.optional(),
  batchBytesMax: count.optional(),
  batchPartCountMax: z.int().min(1).max(256).optional(),
  wholeFileBytesMax: count.optional(),
  appendBytes: z.int().min(1).optional(),
  /** Names that the disk gives with one call; no number of the tuning, but of what reaches the disk. */
  namesTogetherCount: some.optional(),
  itemsTogetherCount: some.optional(),
  namesInMemoryCountMax: some.optional(),
  rowsTogetherCount: some.optional(),
  statePageRowCount: some.optional(),
  historyPageRowCount: some.optional(),
  listedTogetherCount: some.optional(),
  syncedTogetherCountMax: some.optional(),
  heldFolderDepthMax: count.optional(),
  requestTimeoutMs: z.int().min(1).optional(),
  retryBudgetMs: count.optional(),
  retryDelayMs: z.int().min(1).optional(),
  retryDelayMsMax: z.int().min(1).optional(),
  unstableFileRetryCount: count.optional(),
  unstableFileRetryDelayMs: count.optional(),
  memoryBudgetBytes: count.optional(),
});

/** How much the service gives at a time; the rest keeps its default. */
export const serviceTuningSchema = z.strictObject({
  /** Entries of one page of a listing. */
  listingPageEntryCountMax: some.optional(),
  /** Bytes that the contents of all contracts, unfinished uploads and bodies on their way may take together. */
  memoryBytesMax: some.optional(),
});

/** How much the service gives at a time, as data. */
export type ServiceTuning = z.infer<typeof serviceTuningSchema>;

/** The tuning of one scenario, as data. */
export type ScenarioTuning = z.infer<typeof scenarioTuningSchema>;
