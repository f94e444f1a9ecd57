import { z } from "zod";

import { EDITIONS } from "../edition.ts";
import { LIMITS } from "../limits.ts";
import { modeSchema } from "../posix-mode.ts";
import { problemSchema } from "./problem.ts";

/** A SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Nanoseconds since 1970 as a decimal text, since JSON numbers lose them; may be negative. */
export const nanosecondsSchema = z.string().regex(/^-?(0|[1-9][0-9]{0,20})$/);

/** A UTC instant as `2026-11-21T03:00:00.000Z`. */
const instantSchema = z.iso.datetime({ precision: 3 });

/** A strong entity tag with its quotes (RFC 9110 section 8.8.3). */
export const etagSchema = z.string().regex(/^"[\x21\x23-\x7e]+"$/);

/**
 * `POST /v1/sessions`: who logs in, and from which device (F01); `captcha` once the service asked for it
 * (F02). The characters of an answer may come in either case.
 */
export const loginRequestSchema = z.strictObject({
  loginId: z.string().min(1).max(255),
  password: z.string().min(1).max(1024),
  deviceName: z.string().min(1).max(255),
  captcha: z
    .strictObject({ challengeId: z.string().max(64), answer: z.string().max(64) })
    .optional(),
});

/** The answer to a CAPTCHA. It is a secret until it was used. */
export type CaptchaAnswer = NonNullable<z.infer<typeof loginRequestSchema>["captcha"]>;

/** The answer to a login. `token` is the bearer token; it is a secret. */
export const sessionSchema = z.strictObject({
  token: z.string().min(1),
  expiresAt: instantSchema,
  loginId: z.string(),
  nickname: z.string(),
  edition: z.enum(EDITIONS),
});

/** `GET /v1/contract`: plan and capacity (F45). `usedBytes + freeBytes` is `quotaBytes`. */
export const contractSchema = z.strictObject({
  loginId: z.string(),
  nickname: z.string(),
  edition: z.enum(EDITIONS),
  plan: z.string(),
  generationCountMax: z.int().min(1),
  quotaBytes: z.int().min(0),
  usedBytes: z.int().min(0),
  freeBytes: z.int().min(0),
});

/**
 * A file and a folder of one name stand side by side when a path got another kind on the PC and nothing was
 * deleted. The one that was written to last (itself, or anything below it) is the current one; the other
 * says since when it is not. Absent from the current one, and from all that stands alone.
 */
const supersededAtSchema = instantSchema.optional();

/**
 * Of two entries of a contract the one with the greater number was written to later, also within one millisecond and
 * whatever the clock did: made, sent (also when that changed nothing), moved, given a mode or a time. What is written
 * below a folder does not count for the folder.
 */
const writeOrderSchema = z.int().min(0);

/** A file on the service, as its newest generation stands. `path` joins the names with `/`. */
export const fileEntrySchema = z.strictObject({
  kind: z.literal("file"),
  id: z.string(),
  name: z.string(),
  path: z.string(),
  sizeBytes: z.int().min(0),
  modifiedAtNs: nanosecondsSchema,
  /** Null when the PC that sent it has none. */
  mode: modeSchema.nullable(),
  savedAt: instantSchema,
  writeOrder: writeOrderSchema,
  sha256: sha256Schema,
  etag: etagSchema,
  generationCount: z.int().min(1),
  supersededAt: supersededAtSchema,
});

/** A folder on the service, with what was said of it on a PC; null where nothing was. */
export const folderEntrySchema = z.strictObject({
  kind: z.literal("folder"),
  id: z.string(),
  name: z.string(),
  path: z.string(),
  modifiedAtNs: nanosecondsSchema.nullable(),
  mode: modeSchema.nullable(),
  createdAt: instantSchema,
  writeOrder: writeOrderSchema,
  supersededAt: supersededAtSchema,
});

/** One row of a listing. */
export const entrySchema = z.discriminatedUnion("kind", [fileEntrySchema, folderEntrySchema]);

/**
 * One page of `GET /v1/folders/{path}`: at most `limit` entries in order of path (UTF-8 bytes, a
 * folder counted as if its name ended in `/`, so that a folder comes right before what is in it).
 * `nextPageToken` is null on the last page. `supersededAt` is the listed folder's own.
 */
export const listingPageSchema = z.strictObject({
  entries: z.array(entrySchema),
  nextPageToken: z.string().nullable(),
  supersededAt: supersededAtSchema,
});

/** Query of a listing. With `recursive=true` everything below the folder, not only its children. */
export const listingQuerySchema = z.strictObject({
  recursive: z.enum(["true", "false"]).default("false"),
  limit: z
    .string()
    .regex(/^[1-9][0-9]{0,5}$/)
    .transform(Number)
    .pipe(z.int().max(LIMITS.listingPageEntryCountMax))
    .default(LIMITS.listingPageEntryCountMax),
  pageToken: z.string().max(32_768).optional(),
});

/** One kept generation of a file (F22). `generation` 1 is the first ever stored; newest first. */
const generationSchema = z.strictObject({
  generation: z.int().min(1),
  sizeBytes: z.int().min(0),
  modifiedAtNs: nanosecondsSchema,
  mode: modeSchema.nullable(),
  savedAt: instantSchema,
  sha256: sha256Schema,
  etag: etagSchema,
});

/** `GET /v1/generations/{path}`: the newest N generations, newest first. */
export const generationListSchema = z.strictObject({ generations: z.array(generationSchema) });

/** `POST /v1/moves`: renames or moves a file or folder, as a person in the explorer would (F41). */
export const moveRequestSchema = z.strictObject({
  kind: z.enum(["file", "folder"]),
  from: z.string().min(1),
  to: z.string().min(1),
});

/**
 * The media type of a batch upload: a sequence of parts, each one line of JSON (UTF-8, ended by LF)
 * fitting `batchPartHeaderSchema`, followed by exactly `sizeBytes` bytes. No boundary is searched
 * for in content, and a reader knows a part's size before it reads it. At most
 * `LIMITS.batchPartCountMax` parts and `LIMITS.batchBytesMax` bytes in all.
 */
export const BATCH_MEDIA_TYPE = "application/vnd.azukeru.batch-upload";

/**
 * The line before a part's bytes; only a file has any. A folder part creates the folder. An attributes
 * part gives a file or folder that is there what its PC says of it beside content: a file only while its
 * newest generation is the one with this digest and time, and no generation is added.
 */
export const batchPartHeaderSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("file"),
    path: z.string().min(1),
    sizeBytes: z.int().min(0).max(LIMITS.batchFileBytesMax),
    modifiedAtNs: nanosecondsSchema,
    mode: modeSchema.optional(),
    sha256: sha256Schema,
  }),
  z.strictObject({ kind: z.literal("folder"), path: z.string().min(1) }),
  z.strictObject({
    kind: z.literal("file-attributes"),
    path: z.string().min(1),
    modifiedAtNs: nanosecondsSchema,
    sha256: sha256Schema,
    mode: modeSchema,
  }),
  z.strictObject({
    kind: z.literal("folder-attributes"),
    path: z.string().min(1),
    modifiedAtNs: nanosecondsSchema,
    mode: modeSchema.optional(),
  }),
]);

/** The line before a part's bytes, parsed. */
export type BatchPartHeader = z.infer<typeof batchPartHeaderSchema>;

/**
 * The answer to a batch upload: one result a part, in the order of the parts. A part either is
 * committed whole (`entry`) or changes nothing (`problem`); parts do not depend on each other.
 */
export const batchResultSchema = z.strictObject({
  results: z.array(
    z.discriminatedUnion("outcome", [
      z.strictObject({ outcome: z.literal("committed"), entry: entrySchema }),
      z.strictObject({ outcome: z.literal("refused"), problem: problemSchema }),
    ]),
  ),
});

/** Query of `POST /v1/uploads`: where the file goes once complete. Absent only with anonymous uploads. */
export const uploadQuerySchema = z.strictObject({
  path: z.string().min(1).optional(),
  modifiedAtNs: nanosecondsSchema.optional(),
  mode: modeSchema.optional(),
});

/** `GET /healthz`. */
export const healthSchema = z.strictObject({ status: z.literal("ok"), version: z.string() });

/** A session, parsed. */
export type Session = z.infer<typeof sessionSchema>;
/** A contract, parsed. */
export type Contract = z.infer<typeof contractSchema>;
/** A file's row, parsed. */
export type FileEntry = z.infer<typeof fileEntrySchema>;
/** A folder's row, parsed. */
export type FolderEntry = z.infer<typeof folderEntrySchema>;
/** A row of a listing, parsed. */
export type Entry = z.infer<typeof entrySchema>;
/** A generation's row, parsed. */
export type Generation = z.infer<typeof generationSchema>;
/** The answer to a batch upload, parsed. */
export type BatchResult = z.infer<typeof batchResultSchema>;
