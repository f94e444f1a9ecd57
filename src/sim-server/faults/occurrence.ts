import { z } from "zod";

/**
 * At which of the moments that match it a fault strikes. Counted, never drawn: the same moments, the
 * same faults, and taking one fault away moves no other.
 */
export const occurrenceSchema = z.strictObject({
  /** The first matching moment it strikes, counted from 1 since the fault was added. Default 1. */
  nth: z.int().min(1).optional(),
  /** How many matching moments in a row it strikes. Default 1. */
  times: z.union([z.int().min(1), z.literal("forever")]).optional(),
});

/** See `occurrenceSchema`. */
export type Occurrence = z.infer<typeof occurrenceSchema>;

/** Whether a fault strikes at the `count`th moment that matches it, counted from 1. */
export function occursAt({ nth = 1, times = 1 }: Occurrence, count: number): boolean {
  return count >= nth && (times === "forever" || count < nth + times);
}
