import { z } from "zod";

import { diskChangeSchema } from "./disk-change.ts";
import { explorerActionSchema } from "./explorer-action.ts";
import { momentSchema } from "./moment.ts";
import { scheduleSchema } from "./pc.ts";
import { networkSchema } from "./network.ts";
import { besideShape, pcDisturbanceSchema, pcStepSchema } from "./pc-step.ts";
import { runFaultsSchema } from "./run-faults.ts";
import { serviceActSchema } from "./service-act.ts";

/** What ends a running backup before its time. */
const stopSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("interrupt") }),
  z.strictObject({ do: z.literal("logout") }),
  z.strictObject({ do: z.literal("close-tool") }),
  z.strictObject({ do: z.literal("kill") }),
  z.strictObject({ do: z.literal("power-loss") }),
  /** The disk of the tool's own folder is full from now on, to the end of the step. */
  z.strictObject({ do: z.literal("fill-state-disk") }),
]);

/** What ends a running backup before its time, as data. */
export type Stop = z.infer<typeof stopSchema>;

/** What a person may type when the characters of an image are asked for. */
const TYPED_CAPTCHAS = [
  "right",
  "right-in-small-letters",
  "nearly",
  "late",
  "used",
  "wrong",
  "none",
] as const;

/** The service has two names. */
const SERVICE_ADDRESSES = ["first", "second"] as const;

/** See {@link SERVICE_ADDRESSES}. */
export type ServiceAddress = (typeof SERVICE_ADDRESSES)[number];

/** See {@link TYPED_CAPTCHAS}; `none`: nothing. */
export type TypedCaptcha = (typeof TYPED_CAPTCHAS)[number];

/** A person looks at the lists of the history. */
const lookSchema = z.strictObject({ do: z.literal("look") });

/** Something that happens during a step. */
const disturbanceSchema = z.strictObject({
  when: momentSchema,
  what: z.union([
    stopSchema,
    lookSchema,
    diskChangeSchema,
    explorerActionSchema,
    pcDisturbanceSchema,
  ]),
});

/** Something that happens during a step, as data. */
export type Disturbance = z.infer<typeof disturbanceSchema>;

const conflictChoiceSchema = z.enum(["overwrite", "keep-both", "skip"]);

/** One step of a day. Each begins when the one before it is over. */
export const stepSchema = z.union([
  z.strictObject({
    do: z.literal("backup"),
    /** Numbers of the scenario's sources. Default: all. */
    sources: z.array(z.int().min(0)).optional(),
    /** A second PC of the same contract backs the same folders up at the same time (I16). */
    withNeighbour: z.boolean().optional(),
    /**
     * 再実行 (F32) of the last backup of the one source that is named, with the settings it had then; an ordinary
     * backup where that one was not 未完了.
     */
    again: z.boolean().optional(),
    /** The person saw what D15 is about and wants the deletions all the same. */
    confirmDeletions: z.boolean().optional(),
    disturbances: z.array(disturbanceSchema).optional(),
    faults: runFaultsSchema.optional(),
  }),
  z.strictObject({
    do: z.literal("restore"),
    from: z.strictObject({
      /** Number of the scenario's source whose backup it is. */
      source: z.int().min(0),
      /** A path below it; absent or "": all of it. */
      path: z.string().optional(),
      entryKind: z.enum(["file", "folder"]).optional(),
    }),
    /** A folder of the PC's disk, outside every source; made before the step unless `makeTarget` is false. */
    to: z.string().startsWith("/"),
    makeTarget: z.boolean().optional(),
    generation: z.int().min(1).optional(),
    onConflict: conflictChoiceSchema.optional(),
    /**
     * A person is asked about each file that stands in the way, in place of `onConflict`: what they answer to the first
     * question, the second, and so on, and then from the beginning again.
     */
    answers: z
      .array(z.strictObject({ choice: conflictChoiceSchema, forAll: z.boolean().optional() }))
      .min(1)
      .optional(),
    /**
     * 再実行 (F32) of the last restore of the same place to the same folder, which has to be asked for just so as this
     * step says; an ordinary restore where that one was not 未完了.
     */
    again: z.boolean().optional(),
    /** A second PC of the same contract backs the same folders up at the same time (I16). */
    withNeighbour: z.boolean().optional(),
    disturbances: z.array(disturbanceSchema).optional(),
    faults: runFaultsSchema.optional(),
  }),
  z.strictObject({
    do: z.literal("login"),
    /**
     * What is typed when the characters of an image are asked for. Default: the right ones. `nearly`: all but the
     * last are right; `late`: they are right, and the time for them is over; `used`: they are right, and were typed
     * once with a wrong password.
     */
    captcha: z.enum(TYPED_CAPTCHAS).optional(),
    /** The password that is typed. Default: the right one. */
    password: z.enum(["right", "wrong"]).optional(),
    /** Which of its two addresses the service is named by. Default: that of the login before. */
    address: z.enum(SERVICE_ADDRESSES).optional(),
    ...besideShape,
  }),
  z.strictObject({ do: z.literal("logout"), ...besideShape }),
  /**
   * A person has these folders backed up in place of a whole source, as the remedies of メモリ不足 advise:
   * takes the source out of the list and adds them. What was saved of it stays on the service.
   */
  z.strictObject({
    do: z.literal("split-source"),
    /** Number of the scenario's source. */
    source: z.int().min(0),
    into: z.array(z.string().startsWith("/")).min(1),
  }),
  /** A person has one more folder backed up, or one that was taken out before. */
  z.strictObject({
    do: z.literal("add-source"),
    path: z.string().startsWith("/"),
    ...besideShape,
  }),
  /** A person takes a source out of the list. What was saved of it stays on the service. */
  z.strictObject({
    do: z.literal("remove-source"),
    path: z.string().startsWith("/"),
    ...besideShape,
  }),
  /** The tool is closed, or killed while idle, and started again. */
  /**
   * The tool's state file was damaged: it is closed, the person has the file repaired (`repair`) and starts it again. Of
   * the index nothing could be read, or all of it. Without `pc` only.
   */
  z.strictObject({ do: z.literal("repair-state"), index: z.enum(["lost", "kept"]) }),
  z.strictObject({ do: z.literal("restart"), how: z.enum(["close-tool", "kill", "power-loss"]) }),
  /**
   * The tool is closed, and its folder copied to another PC of the same make, where it goes on: what the disk holds from
   * now on is that PC's.
   */
  z.strictObject({ do: z.literal("move-state") }),
  z.strictObject({
    do: z.literal("settings"),
    includeHidden: z.boolean().optional(),
    compareUpload: z.boolean().optional(),
    compareDelete: z.boolean().optional(),
    usageNotice: z.boolean().optional(),
    /** What a person calls the PC. */
    deviceName: z.string().min(1).optional(),
    ...besideShape,
    disturbances: z.array(disturbanceSchema).optional(),
  }),
  /** A person starts the tool at a terminal, which tells plan and capacity at the first start in a month (F35). */
  z.strictObject({ do: z.literal("usage-notice") }),
  /** A person starts the tool, unless it runs. It needs a PC. */
  z.strictObject({
    do: z.literal("start-tool"),
    disturbances: z.array(disturbanceSchema).optional(),
  }),
  /**
   * Time passes. What is said of disturbances and faults is about the runs of slots that come
   * meanwhile; ordinals count from the start of the first of them.
   */
  z.strictObject({
    do: z.literal("wait"),
    /** So long, or so long behind the next moment at which the PC's clock shows `until` (`HH:MM`). */
    ms: z.int().min(0),
    until: scheduleSchema.shape.time.optional(),
    disturbances: z.array(disturbanceSchema).optional(),
    faults: runFaultsSchema.optional(),
  }),
  lookSchema,
  /** Another customer's own program uses the service, in a contract of that customer. */
  z.strictObject({ do: z.literal("use-service"), acts: z.array(serviceActSchema) }),
  /** The operator stops the service and starts it again on what it kept, while nothing is under way there. */
  z.strictObject({ do: z.literal("restart-service") }),
  /** The PC is in another network from now on; what is not given is as in an ordinary one. */
  z.strictObject({ do: z.literal("set-network"), ...networkSchema.shape }),
  pcStepSchema,
  diskChangeSchema,
  explorerActionSchema,
]);

/** One step of a day, as data. */
export type Step = z.infer<typeof stepSchema>;

/** A step that is a restore. */
export type RestoreStep = Extract<Step, { do: "restore" }>;

/** A step that is a backup. */
export type BackupStep = Extract<Step, { do: "backup" }>;

/** A step that lets time pass. */
export type WaitStep = Extract<Step, { do: "wait" }>;
