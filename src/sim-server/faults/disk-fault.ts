import { z } from "zod";

import { occurrenceSchema } from "./occurrence.ts";

const DISK_OPERATIONS = [
  "access",
  "chmod",
  "link",
  "list",
  "mkdir",
  "open",
  "read",
  "readlink",
  "rename",
  "rmdir",
  "stat",
  "sync",
  "unlink",
  "utimes",
  "write",
] as const;

/** The calls to a disk that faults can strike. */
export type DiskOperation = (typeof DISK_OPERATIONS)[number];

const placeShape = {
  /** Exactly this path. For `rename` and `link` the old one; for an open file the one it was opened by. */
  path: z.string().min(1),
  /** Everything below the path too, for names that nobody knows beforehand. Default: no. */
  below: z.boolean().optional(),
} as const;

/** Where a fault or a mutation strikes. */
export type DiskFaultPlace = z.infer<z.ZodObject<typeof placeShape>>;

const operation = z.enum(DISK_OPERATIONS);

const refusalKinds = [
  "access-denied",
  "io-error",
  "not-found",
  "busy",
  "name-too-long",
  "no-space",
] as const;

/**
 * A disk fault as data: the nth call of an operation on a path fails with the error of `kind`, or
 * comes `delay`ed.
 */
export const diskFaultSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    operation,
    ...placeShape,
    ...occurrenceSchema.shape,
    kind: z.enum(refusalKinds),
  }),
  z.strictObject({
    operation,
    ...placeShape,
    ...occurrenceSchema.shape,
    kind: z.literal("delay"),
    delayMs: z.int().min(1),
  }),
]);

/** See `diskFaultSchema`. */
export type DiskFault = z.infer<typeof diskFaultSchema>;

const at = z.enum(["list", "open", "read", "stat"]);

const mutationPlace = {
  at,
  ...placeShape,
  ...occurrenceSchema.shape,
  /** What changes; `path` itself when absent. */
  target: z.string().min(1).optional(),
} as const;

/**
 * Another application changes something at the very moment of the nth such call on a path, just
 * before the call is carried out. Nothing happens when the target is no longer there.
 * `overwrite-same-size` changes every byte; with `keepModifiedAt` it sets the time back, as some
 * applications do. `rename` and `move` need `to`, a path.
 */
export const diskMutationSchema = z.discriminatedUnion("mutate", [
  z.strictObject({
    ...mutationPlace,
    mutate: z.literal("append"),
    content: z.string().default("appended"),
  }),
  z.strictObject({
    ...mutationPlace,
    mutate: z.literal("overwrite-same-size"),
    keepModifiedAt: z.boolean().default(false),
  }),
  z.strictObject({ ...mutationPlace, mutate: z.literal("truncate") }),
  z.strictObject({ ...mutationPlace, mutate: z.literal("rename"), to: z.string().min(1) }),
  z.strictObject({ ...mutationPlace, mutate: z.literal("move"), to: z.string().min(1) }),
  z.strictObject({ ...mutationPlace, mutate: z.literal("delete") }),
  z.strictObject({ ...mutationPlace, mutate: z.literal("lock") }),
]);

/** See `diskMutationSchema`. */
export type DiskMutation = z.infer<typeof diskMutationSchema>;

/** A mutation as a person writes it, defaults left out. */
export type DiskMutationInput = z.input<typeof diskMutationSchema>;
