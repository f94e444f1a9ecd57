import { z } from "zod";

import { nanosecondsSchema, sha256Schema } from "../../../protocol/http/schemas.ts";

/** What the schemas of lines are put together from: zod, and the values that many lines have. */
export const SCHEMA_PARTS = {
  z,
  count: z.int().min(0),
  bytes: z.int().min(0),
  instant: z.iso.datetime({ precision: 3 }),
  seconds: z.number().min(0),
  /** The ID of a row, a generation or a page: from 1. */
  identifier: z.int().min(1),
  weekdays: z.array(z.int().min(0).max(6)),
  nanoseconds: nanosecondsSchema,
  sha256: sha256Schema,
} as const;

/** The type of {@link SCHEMA_PARTS}, for those that must not load zod. */
export type SchemaParts = typeof SCHEMA_PARTS;
