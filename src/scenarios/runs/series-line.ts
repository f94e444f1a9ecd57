import * as z from "zod";

import { TOPICS } from "../coverage/topic.ts";

/** The last line of JSON of a series, or of its part. */
export const seriesLineSchema = z.strictObject({
  kind: z.literal("summary"),
  /** `cell-missed` is never said of a part: what it did not reach another may have. */
  verdict: z.enum(["good", "law-broken", "harness-failed", "cell-missed"]),
  seed: z.int(),
  /** The kind of job that all scenarios are about; null: all kinds. */
  only: z.enum(TOPICS).nullable(),
  /** How many scenarios were to be generated, and how many came from files, and of how many
   * a fault more was to strike, for all parts together. */
  planned: z.strictObject({
    generated: z.int().min(0),
    files: z.int().min(0),
    slice: z.int().min(0),
  }),
  /** Which part this is, from 1, and of how many. */
  shard: z.strictObject({ index: z.int().min(1), count: z.int().min(1) }),
  /** How many runs were carried out. */
  runs: z.int().min(0),
  /** Whether a time limit or `--fail-fast` left runs out. */
  isCutShort: z.boolean(),
  /** Over the traces of all runs: the same series gives the same on every machine. */
  hash: z.string(),
  /** How many cells are declared. */
  cells: z.int(),
  /** Cells that nothing reached; null of a part, which cannot know. */
  missed: z.array(z.string()).nullable(),
  /** Where broken scenarios were written. */
  files: z.array(z.string()),
  seconds: z.number(),
  memoryPeakMb: z.int(),
});

/** See {@link seriesLineSchema}. */
export type SeriesLine = z.infer<typeof seriesLineSchema>;
