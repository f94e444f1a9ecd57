import { z } from "zod";

const nth = z.int().min(1);

/**
 * The calls of a restore to the folder it goes to, whatever names it uses there meanwhile; `enter` opens a
 * folder.
 */
export const TARGET_CALLS = [
  "enter",
  "make-folder",
  "create",
  "write",
  "set-times",
  "sync",
  "put-in-place",
  "remove",
] as const;

/** One of {@link TARGET_CALLS}. */
export type TargetCall = (typeof TARGET_CALLS)[number];

/**
 * When something happens during a step. Ordinals count from the first job of the step, those of `io` from
 * the begin of the step itself.
 */
export const momentSchema = z.discriminatedUnion("at", [
  /** So many virtual milliseconds after the job's row was written. */
  z.strictObject({ at: z.literal("ms"), ms: z.int().min(0) }),
  /** When the nth request has reached the service and before it is answered. */
  z.strictObject({ at: z.literal("request"), nth }),
  /** When the nth file was committed on the service. */
  z.strictObject({ at: z.literal("commit"), nth }),
  /** When the agent recorded its nth row of details. */
  z.strictObject({ at: z.literal("row"), nth }),
  /** When the nth delete job of the run has begun, before it looks at anything. */
  z.strictObject({ at: z.literal("deletion"), nth }),
  /** When the nth file or folder was deleted on the service. */
  z.strictObject({ at: z.literal("deleted"), nth }),
  /** When the agent looks at the state of a path for the nth time. */
  z.strictObject({ at: z.literal("stat"), path: z.string(), nth }),
  /** When the agent lists the folder for the nth time. */
  z.strictObject({ at: z.literal("list"), path: z.string(), nth }),
  /** When the agent opens the file for the nth time. */
  z.strictObject({ at: z.literal("open"), path: z.string(), nth }),
  /** When the agent reads from the file for the nth time. */
  z.strictObject({ at: z.literal("read"), path: z.string(), nth }),
  /** When the agent makes the nth such call to the folder it restores to, before it is carried out. */
  z.strictObject({ at: z.enum(TARGET_CALLS), nth }),
  /**
   * Right before the nth I/O of the tool on the PC: one of its disk calls, a statement of it that writes, a
   * commit, or bytes that arrive at either end of one of its connections. A kill and a loss of power strike
   * there whatever the tool is doing; everything else happens only while a job runs.
   */
  z.strictObject({ at: z.literal("io"), nth }),
]);

/** When something happens during a step, as data. */
export type Moment = z.infer<typeof momentSchema>;
