import { z } from "zod";

import { EDITIONS, PLANS } from "../../protocol/edition.ts";
import { mailSchema, pcSchema, scheduleSchema } from "./pc.ts";
import { scenarioTuningSchema } from "./scenario-tuning.ts";
import { stepSchema } from "./step.ts";
import { treeSchema } from "./tree-node.ts";

/** The version of the format. A file of another version is refused, never guessed at. */
export const SCENARIO_VERSION = 1;

/**
 * Some days of a PC, as plain data: what generated runs, regressions and hand-written
 * cases all are. After the timeline, the person puts right what is his to put right, faults stop,
 * and a last backup must heal everything (I4); no scenario says so, all of them end that way.
 */
export const scenarioSchema = z.strictObject({
  version: z.literal(SCENARIO_VERSION),
  /** One line on what it shows. */
  title: z.string().optional(),
  /** Everything that is left to chance follows from it. */
  seed: z.int().min(0),
  /** When it begins. */
  start: z.iso.datetime(),
  /** The zone of the PC's clock (IANA): a schedule follows it. */
  zone: z.string(),
  edition: z.enum(EDITIONS),
  plan: z.enum(PLANS),
  /** Bytes of the contract. Default: what the plan has. */
  quotaBytes: z.int().min(0).optional(),
  /** Whether the service is reached by TLS. Default: no. */
  secure: z.boolean().optional(),
  /** The kind of disk, which decides about case, forbidden names and the hidden attribute. */
  disk: z.enum(["windows", "macos", "linux"]),
  /** Most bytes that one read of the disk gives. Default: as many as were asked for. */
  readBytesMax: z.int().min(1).optional(),
  deviceName: z.string().min(1).optional(),
  /** Whether hidden files are targets. Default: yes. */
  includeHidden: z.boolean().optional(),
  /** 差分比較アップロード and 差分比較削除 from the start. Default: no. */
  compareUpload: z.boolean().optional(),
  compareDelete: z.boolean().optional(),
  /** The PC around the tool. Default: none; the tool always runs, and nothing follows a schedule. */
  pc: pcSchema.optional(),
  /** Set before the first step. Default: none. */
  schedule: scheduleSchema.optional(),
  /** Set, tried and confirmed before the first step. Default: none. */
  mail: mailSchema.optional(),
  tuning: scenarioTuningSchema.optional(),
  tree: treeSchema,
  /** Source folders, added before the first step. */
  sources: z.array(z.string().startsWith("/")).min(1),
  timeline: z.array(stepSchema),
});

/** Some days of a PC, as data. */
export type Scenario = z.infer<typeof scenarioSchema>;
