import { z } from "zod";

import { contentSchema } from "./content.ts";

/** Names joined by `/`, below the program's own destination folder, "" itself; from the top of the contract with a leading `/`. */
const path = z.string();

/** Number of an upload among those that were begun, the newest being 0. */
const upload = z.int().min(0);

/** Which entity tags a condition names: of what was told of the file last, of what was told before that, or any. */
const tags = z.enum(["newest", "older", "any", "weak"]).optional();

/** A folder that has to be the one that its path led to when it was looked at last. */
const place = path.optional();

const modifiedAtNs = z.string().regex(/^-?(0|[1-9][0-9]{0,20})$/);
const mode = z
  .string()
  .regex(/^[0-7]{4}$/)
  .optional();

/** What is said of the bytes: their SHA-256, another one, or nothing. */
const digest = z.enum(["right", "wrong", "none"]).optional();

/** What is said of the bytes of the request itself, beside what is said of a file. Default: nothing. */
const contentDigest = z.enum(["right", "wrong"]).optional();

const batchPartSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("file"),
    path,
    content: contentSchema,
    modifiedAtNs,
    mode,
    digest,
  }),
  z.strictObject({ kind: z.literal("folder"), path }),
  /** Of the file as it was told of last. */
  z.strictObject({ kind: z.literal("file-attributes"), path, mode: z.string() }),
  z.strictObject({ kind: z.literal("folder-attributes"), path, modifiedAtNs, mode }),
]);

/** One thing that a customer's own program does at the service. */
export const serviceActSchema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("put-file"),
    path,
    content: contentSchema,
    modifiedAtNs,
    mode,
    digest,
    contentDigest,
    ifMatch: tags,
    ifNoneMatch: tags,
    place,
  }),
  z.strictObject({
    do: z.literal("read-file"),
    path,
    /** Only the head of the answer. */
    isHead: z.boolean().optional(),
    generation: z.int().min(1).optional(),
    /** So many behind the newest of those that were listed last; a generation that is not there where there are fewer. */
    generationBack: z.int().min(0).optional(),
    /** What stands behind `bytes=`. */
    range: z.string().optional(),
    ifRange: tags,
    ifMatch: tags,
    ifNoneMatch: tags,
    place,
  }),
  z.strictObject({ do: z.literal("list-generations"), path }),
  z.strictObject({ do: z.literal("delete-file"), path, ifMatch: tags, place }),
  /** Every page, or the first so many: then `list-on` turns the others. */
  z.strictObject({
    do: z.literal("list"),
    path,
    isRecursive: z.boolean().optional(),
    limit: z.int().min(1).max(1000).optional(),
    isStream: z.boolean().optional(),
    pageCount: z.int().min(1).optional(),
  }),
  z.strictObject({ do: z.literal("list-on") }),
  z.strictObject({ do: z.literal("look-at-folder"), path, place }),
  z.strictObject({ do: z.literal("make-folder"), path, place }),
  z.strictObject({
    do: z.literal("delete-folder"),
    path,
    onlyIfEmpty: z.boolean().optional(),
    place,
  }),
  z.strictObject({
    do: z.literal("move"),
    kind: z.enum(["file", "folder"]),
    from: path,
    to: path,
  }),
  z.strictObject({ do: z.literal("batch"), parts: z.array(batchPartSchema), contentDigest, place }),
  z.strictObject({
    do: z.literal("begin-upload"),
    path,
    content: contentSchema,
    modifiedAtNs,
    mode,
    /** Bytes that come with the request that begins it. */
    firstBytes: z.int().min(0),
    /** Whether the length of the whole is said at once. */
    isLengthTold: z.boolean().optional(),
    /** Whether all comes with this one request. */
    isWhole: z.boolean().optional(),
    /** Whether the digest of the whole is said at once; else with the last append. */
    isDigestTold: z.boolean().optional(),
    ifMatch: tags,
    ifNoneMatch: tags,
    place,
  }),
  z.strictObject({
    do: z.literal("append"),
    upload,
    /** Default: all that is left. */
    bytes: z.int().min(0).optional(),
    /** So many bytes beside where the upload stands. */
    offsetBy: z.int().optional(),
    isLast: z.boolean().optional(),
    digest,
    /** The client hangs up behind so many bytes, or asks where the upload stands before it does. */
    cut: z.strictObject({ afterBytes: z.int().min(0), asksFirst: z.boolean() }).optional(),
  }),
  z.strictObject({ do: z.literal("look-at-upload"), upload }),
  z.strictObject({ do: z.literal("cancel-upload"), upload }),
  z.strictObject({ do: z.literal("usage") }),
  /** Everything that there is: all listings at small pages, all generations, all bytes. */
  z.strictObject({ do: z.literal("look-at-all") }),
  z.strictObject({
    do: z.literal("log-in"),
    password: z.enum(["right", "wrong"]),
    /**
     * What is typed for the image that was shown last, where one was: its characters, the same in small letters, others, nothing, or
     * those of the image before it.
     */
    captcha: z.enum(["right", "small", "wrong", "none", "earlier"]),
    /** So many images before the one that was shown last. Default: 0, and 1 for `earlier`. */
    imagesBack: z.int().min(0).optional(),
  }),
  z.strictObject({ do: z.literal("log-out") }),
  z.strictObject({ do: z.literal("wait"), ms: z.int().min(0) }),
  /** The operator stops the service and starts it again on what it kept. */
  z.strictObject({ do: z.literal("restart-service") }),
  /** The operator gives the contract so many bytes more than it uses. */
  z.strictObject({ do: z.literal("set-free"), bytes: z.int().min(0) }),
]);

/** One thing that a customer's own program does at the service, as data. */
export type ServiceAct = z.infer<typeof serviceActSchema>;
