import { z } from "zod";

import { contentSchema } from "./content.ts";

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
  z.strictObject({ do: z.literal("rename"), path, to: path }),
  z.strictObject({ do: z.literal("deny"), path }),
  z.strictObject({ do: z.literal("allow"), path }),
  /** Another application opens it and shares nothing. */
  z.strictObject({ do: z.literal("lock"), path }),
  z.strictObject({ do: z.literal("unlock"), path }),
  z.strictObject({ do: z.literal("hide"), path }),
  z.strictObject({ do: z.literal("unhide"), path }),
]);

/** One change on the PC's disk, as data. */
export type DiskChange = z.infer<typeof diskChangeSchema>;
