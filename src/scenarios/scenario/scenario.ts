import { z } from "zod";

import { EDITION_RULES, EDITIONS, PLANS } from "../../protocol/edition.ts";
import { canHold } from "./can-hold.ts";
import { mailSchema, pcSchema, scheduleSchema } from "./pc.ts";
import { RELATION_NAMES } from "./relation-name.ts";
import { networkSchema } from "./network.ts";
import { scenarioTuningSchema, serviceTuningSchema } from "./scenario-tuning.ts";
import { stepSchema } from "./step.ts";
import { treeSchema, type Tree } from "./tree-node.ts";
import { zoneSchema } from "./zone.ts";
import { message, type Message } from "../../messages/message.ts";
import { ownIssueText } from "../../sim-server/input/issue-message.ts";

/** The version of the format. A file of another version is refused, never guessed at. */
export const SCENARIO_VERSION = 1;

/**
 * Some days of a PC, as plain data: what generated runs, regressions and hand-written
 * cases all are. After the timeline, the person puts right what is his to put right, faults stop,
 * and a last backup must heal everything (I4); no scenario says so, all of them end that way.
 */
export const scenarioSchema = z
  .strictObject({
    version: z.literal(SCENARIO_VERSION),
    /** One line on what it shows. */
    title: z.string().optional(),
    /** Everything that is left to chance follows from it. */
    seed: z.int().min(0),
    /** When it begins. */
    start: z.iso.datetime(),
    /** The zone of the PC's clock (IANA): a schedule follows it. */
    zone: zoneSchema,
    edition: z.enum(EDITIONS),
    plan: z.enum(PLANS),
    /** Bytes of the contract. Default: what the plan has. */
    quotaBytes: z.int().min(0).optional(),
    /** Whether the service is reached by TLS. Default: no. */
    secure: z.boolean().optional(),
    /** The network that the PC is in. Default: nothing stands between it and the service. */
    network: networkSchema.optional(),
    /** The kind of disk, which decides about case, forbidden names and the hidden attribute. */
    disk: z.enum(["windows", "macos", "linux"]),
    /** Most bytes that one read of the disk gives. Default: as many as were asked for. */
    readBytesMax: z.int().min(1).optional(),
    /** How coarse the times are that the disk gives to what is written: 2000 on FAT. Default: 100 ns, as on NTFS. */
    timestampGranularityMs: z.int().min(1).max(2000).optional(),
    /** Whether the disk lists folders from their newest name to their oldest. Default: no. */
    isListedBackwards: z.boolean().optional(),
    /** Another life that has to come to the same (docs/relations.md). Default: none. */
    relation: z.enum(RELATION_NAMES).optional(),
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
    /** Bytes that all mails at the customer's mail provider may take. Default: 256 MiB. */
    mailRoomBytes: z.int().min(1).optional(),
    /**
     * Bytes of memory that the PC lets the tool hold beside what it holds when it does nothing; after the
     * timeline the person closes other applications. Default: no limit.
     */
    memoryFreeBytes: z.int().min(0).optional(),
    tuning: scenarioTuningSchema.optional(),
    serviceTuning: serviceTuningSchema.optional(),
    tree: treeSchema,
    /** Source folders, added before the first step. */
    sources: z.array(z.string().startsWith("/")).min(1),
    timeline: z.array(stepSchema),
  })
  .superRefine(({ disk, edition, plan, tree, sources, timeline }, context) => {
    const refuse = (path: PropertyKey[], reason: Message): void => {
      context.addIssue({ code: "custom", path, message: ownIssueText(reason) });
    };
    if (EDITION_RULES[edition].plans[plan] === undefined)
      refuse(["plan"], message("input.no-plan", { edition, plan }));
    const taken = new Map<string, string>();
    for (const [path, node] of Object.entries(tree)) {
      if (!canHold(disk, path)) {
        refuse(["tree", path], message("input.disk-name", { disk }));
        continue;
      }
      const place = bytesOf(path, node);
      // A backslash among the bytes would be two names there.
      if (disk === "windows" && place.name.includes("\\"))
        refuse(["tree", path, "nameBase64"], message("input.disk-name", { disk }));
      const key = `${place.folder}/${place.name}`;
      const other = taken.get(key);
      if (other !== undefined) refuse(["tree", path], message("input.disk-name-taken", { other }));
      taken.set(key, path);
    }
    for (const [at, path] of sources.entries()) {
      if (!canHold(disk, path)) refuse(["sources", at], message("input.disk-name", { disk }));
    }
    for (const [at, step] of timeline.entries()) {
      if (step.do === "backup") {
        for (const [place, source] of (step.sources ?? []).entries()) {
          if (source >= sources.length) {
            refuse(
              ["timeline", at, "sources", place],
              message("input.source-count", { count: sources.length }),
            );
          }
        }
      }
      if (step.do === "split-source") {
        if (step.source >= sources.length) {
          refuse(
            ["timeline", at, "source"],
            message("input.source-count", { count: sources.length }),
          );
        }
        for (const [place, path] of step.into.entries()) {
          if (!canHold(disk, path))
            refuse(["timeline", at, "into", place], message("input.disk-name", { disk }));
        }
      }
      if (step.do === "restore") {
        if (step.from.source >= sources.length) {
          refuse(
            ["timeline", at, "from", "source"],
            message("input.source-count", { count: sources.length }),
          );
        }
        if (!canHold(disk, step.to))
          refuse(["timeline", at, "to"], message("input.disk-name", { disk }));
      }
      if (MAKES_PATH.has(step.do) && "path" in step && !canHold(disk, step.path)) {
        refuse(["timeline", at, "path"], message("input.disk-name", { disk }));
      }
      if (step.do === "rename" && !canHold(disk, step.to)) {
        refuse(["timeline", at, "to"], message("input.disk-name", { disk }));
      }
    }
  });

/** Steps that name a path which the disk has to be able to hold. */
const MAKES_PATH: ReadonlySet<string> = new Set(["write", "make-folder", "add-source"]);

/** Some days of a PC, as data. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** The folder that an entry of a tree is in, and the bytes of its own name, one character each. */
function bytesOf(
  path: string,
  node: Tree[string],
): { readonly folder: string; readonly name: string } {
  const end = path.lastIndexOf("/");
  const base64 = node !== null && "nameBase64" in node ? node.nameBase64 : undefined;
  const bytes =
    base64 === undefined ? Buffer.from(path.slice(end + 1)) : Buffer.from(base64, "base64");
  return { folder: path.slice(0, end), name: bytes.toString("latin1") };
}
