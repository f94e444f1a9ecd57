import { z } from "zod";

import { occurrenceSchema } from "./occurrence.ts";

/** A memory fault as data: the process holds too much from the nth time on that `activity` asks. */
export const memoryFaultSchema = z.strictObject({
  activity: z.enum(["scan", "compare", "restore", "delete"]),
  nth: occurrenceSchema.shape.nth.unwrap(),
});

/** See `memoryFaultSchema`. */
export type MemoryFault = z.infer<typeof memoryFaultSchema>;
