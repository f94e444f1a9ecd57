import { z } from "zod";

import { contentSchema } from "./content.ts";

const accessSchema = z.literal("denied");

/**
 * Permission bits, four octal digits; they mean something on linux and macos disks. The user of the tool
 * owns everything and can read it: what that user may not read is said by `access`.
 */
export const readableModeSchema = z
  .string()
  .regex(/^[0-7][4-7][0-7]{2}$/, "a mode is four octal digits, and its owner can read");

/** What every kind of entry may carry. */
const common = {
  /** The hidden attribute (F18); means something on a Windows disk only. */
  hidden: z.boolean().optional(),
  /**
   * The bytes of the entry's name in base64, for a name that is not valid Unicode (D12). They stand
   * for the last name of the path that is the key.
   */
  nameBase64: z.base64().optional(),
};

/** One entry of the disk at the start. `null` is an empty folder without anything particular. */
const treeNodeSchema = z.union([
  z.null(),
  z.strictObject({
    ...common,
    content: contentSchema,
    /** Nanoseconds since 1970 as decimal text. Default: an hour before the scenario starts. */
    modifiedAtNs: z
      .string()
      .regex(/^-?\d+$/)
      .optional(),
    /** Default: 0644. */
    mode: readableModeSchema.optional(),
    /** Opening is refused. */
    access: accessSchema.optional(),
    /** Another application holds it open and shares nothing. */
    locked: z.boolean().optional(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal("folder"),
    access: accessSchema.optional(),
    /** Default: 0755. Its owner can list and enter it. */
    mode: readableModeSchema
      .regex(/^.[57]/, "the owner of a folder can list and enter it")
      .optional(),
  }),
  z.strictObject({ ...common, kind: z.literal("symbolic-link"), to: z.string() }),
  z.strictObject({ ...common, kind: z.enum(["fifo", "socket", "device"]) }),
]);

/** One entry of the disk at the start, as data. */
export type TreeNode = z.infer<typeof treeNodeSchema>;

/** Absolute path -> entry. Parents come into being by themselves. */
export const treeSchema = z.record(z.string().startsWith("/"), treeNodeSchema);

/** The disk at the start, as data. */
export type Tree = z.infer<typeof treeSchema>;
