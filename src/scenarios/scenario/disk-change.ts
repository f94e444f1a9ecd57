import { z } from "zod";

import { contentSchema } from "./content.ts";
import { readableModeSchema, type TreeNode } from "./tree-node.ts";

const path = z.string().startsWith("/");

/** What a person or another application does on the PC's disk. A path that is not there: nothing. */
export const diskChangeSchema = z.discriminatedUnion("do", [
  /** A file comes into being or gets new content, and the present as its modification time. */
  z.strictObject({ do: z.literal("write"), path, content: contentSchema }),
  /** Other content of the same size under the same modification time. */
  z.strictObject({ do: z.literal("write-keeping-time"), path, content: contentSchema }),
  /** Only the modification time changes. */
  z.strictObject({ do: z.literal("touch"), path }),
  z.strictObject({ do: z.literal("make-folder"), path }),
  /** A folder goes with all that is in it. */
  z.strictObject({ do: z.literal("delete"), path }),
  /** Everything in a folder goes; the folder stays. */
  z.strictObject({ do: z.literal("empty"), path }),
  /**
   * Another device is at a folder (D15): `same` when it holds what was there, else these files by their
   * paths below the folder and nothing more. What the folder held is covered until `unmount`. With `bind` it is
   * another folder of the very disk that is there (`mount --bind`), where the host has such a thing: on Linux.
   */
  z.strictObject({
    do: z.literal("remount"),
    path,
    holds: z.union([z.literal("same"), z.record(z.string().min(1), contentSchema)]),
    bind: z.boolean().optional(),
  }),
  /** The device that a `remount` put there goes; what it covered is there again. */
  z.strictObject({ do: z.literal("unmount"), path }),
  z.strictObject({ do: z.literal("rename"), path, to: path }),
  /** A symbolic link comes into being. */
  z.strictObject({ do: z.literal("make-link"), path, to: z.string() }),
  /**
   * What stands there goes, with all that is in it, and something of another kind takes its place: a file,
   * a folder with a file in it, a link, or a socket (D21).
   */
  z.strictObject({
    do: z.literal("change-kind"),
    path,
    to: z.enum(["file", "folder", "symbolic-link", "socket"]),
  }),
  /** Other permission bits; of a folder, its owner can list and enter it whatever they say. */
  z.strictObject({ do: z.literal("chmod"), path, mode: readableModeSchema }),
  z.strictObject({ do: z.literal("deny"), path }),
  /** It can be read and not written; `allow` ends that too. */
  z.strictObject({ do: z.literal("make-read-only"), path }),
  z.strictObject({ do: z.literal("allow"), path }),
  /** Another application opens it and shares nothing. */
  z.strictObject({ do: z.literal("lock"), path }),
  z.strictObject({ do: z.literal("unlock"), path }),
  z.strictObject({ do: z.literal("hide"), path }),
  z.strictObject({ do: z.literal("unhide"), path }),
]);

/** What stands at a path, and below it, once its kind was changed. */
export const CHANGED_KINDS = {
  file: { "": { content: { text: "a file by now" } } },
  folder: { "": null, "/inside": { content: { text: "in a folder by now" } } },
  "symbolic-link": { "": { kind: "symbolic-link", to: "/data" } },
  socket: { "": { kind: "socket" } },
} as const satisfies Record<string, Readonly<Record<string, TreeNode>>>;

/** One change on the PC's disk, as data. */
export type DiskChange = z.infer<typeof diskChangeSchema>;
