import { z } from "zod";

const count = z.int().min(0);

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
  requestTimeoutMs: z.int().min(1).optional(),
  retryBudgetMs: count.optional(),
  retryDelayMs: z.int().min(1).optional(),
  retryDelayMsMax: z.int().min(1).optional(),
  unstableFileRetryCount: count.optional(),
  unstableFileRetryDelayMs: count.optional(),
  memoryBudgetBytes: count.optional(),
});

/** The tuning of one scenario, as data. */
export type ScenarioTuning = z.infer<typeof scenarioTuningSchema>;
