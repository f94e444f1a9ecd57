import { z } from "zod";

import { OPERATION_IDS } from "../../protocol/http/operation-ids.ts";
import { PROBLEM_CODES, type ProblemCode } from "../../protocol/http/problem.ts";
import { FOREIGN_ANSWER_NAMES, type ForeignAnswerName } from "./foreign-answers.ts";
import { occurrenceSchema } from "./occurrence.ts";
import { pathGlobSchema } from "./path-glob-schema.ts";

/**
 * Entries that no honest service lists. What a client does with each must not depend on how it came to
 * be there.
 * - `parent`, `backslash`, `drive`, `nul`, `empty-name`: a name below the folder that leads elsewhere.
 * - `absolute`, `elsewhere`: a path that is not below the folder at all.
 * - `symlink`: a kind the contract does not know; the whole page is outside the contract with it.
 * - `duplicate`: the first file of the page a second time.
 */
export const HOSTILE_ENTRIES = [
  "parent",
  "backslash",
  "drive",
  "nul",
  "empty-name",
  "absolute",
  "elsewhere",
  "symlink",
  "duplicate",
] as const;

/** One of {@link HOSTILE_ENTRIES}. */
export type HostileEntry = (typeof HOSTILE_ENTRIES)[number];

/** Which requests a fault strikes, and when. */
const matchShape = {
  /** Operation or operations; any when absent. */
  operation: z.union([z.enum(OPERATION_IDS), z.array(z.enum(OPERATION_IDS)).min(1)]).optional(),
  /**
   * A path on the service, exact or with `*` (within a name), `**` (any names) and `?`. A batch
   * matches when it carries such a part, a move when either end is, an upload when its target is.
   */
  path: pathGlobSchema.optional(),
  ...occurrenceSchema.shape,
};

const requestBytesShape = {
  /**
   * Strikes when so many bytes of the request's body have arrived; before the body when absent. Does
   * not strike when fewer come. With a `path`, a batch and a move arrive whole before it is decided.
   */
  afterBytes: z.int().min(0).optional(),
};

const textShape = {
  /** Repeats the password and the token of whoever asks wherever the answer has room for text. */
  repeatsSecrets: z.boolean().optional(),
};

/** Seconds. Ten years: a moment so far away can still be written as a date. */
const RETRY_AFTER_SECONDS_MAX = 315_360_000;

const problemCodeSchema = z.enum(PROBLEM_CODES as [ProblemCode, ...ProblemCode[]]);

/** One fault as plain data, the form in which scenarios, support cases and the control API have it. */
export const storageFaultSchema = z.discriminatedUnion("kind", [
  /**
   * Answers with a status and does nothing. The body is the problem of `code`, or the first problem
   * of that status, or a plain gateway page when there is none. With `scope: "part"` only the parts
   * of a batch at `path` are refused.
   */
  z.strictObject({
    ...matchShape,
    ...requestBytesShape,
    kind: z.literal("status"),
    status: z.int().min(400).max(599),
    code: problemCodeSchema.optional(),
    retryAfterSeconds: z.int().min(0).max(RETRY_AFTER_SECONDS_MAX).optional(),
    /** How Retry-After says it: as a number, or as the moment by the service's clock. Default: seconds. */
    retryAfterForm: z.enum(["seconds", "date"]).optional(),
    scope: z.enum(["request", "part"]).optional(),
    ...textShape,
  }),
  /** A security product answers instead of the service: 403 with an HTML page of its own. */
  z.strictObject({
    ...matchShape,
    ...requestBytesShape,
    ...textShape,
    kind: z.literal("block-page"),
  }),
  /**
   * Something in between answers in place of the service, which hears nothing of the request: a
   * gateway, a proxy, a captive portal (`FOREIGN_ANSWERS`).
   */
  z.strictObject({
    ...matchShape,
    ...requestBytesShape,
    ...textShape,
    kind: z.literal("foreign"),
    answer: z.enum(FOREIGN_ANSWER_NAMES as [ForeignAnswerName, ...ForeignAnswerName[]]),
  }),
  /** Waits, then goes on. */
  z.strictObject({
    ...matchShape,
    ...requestBytesShape,
    kind: z.literal("delay"),
    delayMs: z.int().min(0),
  }),
  /** Breaks the connection off; nothing is done but keeping what an upload had received. */
  z.strictObject({ ...matchShape, ...requestBytesShape, kind: z.literal("reset") }),
  /** Does the work and breaks the connection off before the answer. */
  z.strictObject({ ...matchShape, kind: z.literal("reset-after-commit") }),
  /** Does nothing and says nothing; the connection stays open. */
  z.strictObject({ ...matchShape, ...requestBytesShape, kind: z.literal("never-answer") }),
  /** Does the work and says nothing; the connection stays open. */
  z.strictObject({ ...matchShape, kind: z.literal("never-answer-after-commit") }),
  /** Does the work and breaks the connection off within the answer's body, or its head without one. */
  z.strictObject({
    ...matchShape,
    kind: z.literal("truncate-response"),
    /** Bytes of the answer's body that get through; at least one is held back. Default 0. */
    afterBytes: z.int().min(0).optional(),
  }),
  /** Does the work and resets the connection within the answer's body, or before its head without one. */
  z.strictObject({
    ...matchShape,
    kind: z.literal("reset-response"),
    /** Bytes of the answer's body that get through; at least one is held back. Default 0. */
    afterBytes: z.int().min(0).optional(),
  }),
  /** Does the work and spoils the answer: a byte of its body, or all of it where there is none. */
  z.strictObject({
    ...matchShape,
    kind: z.literal("corrupt-response"),
    /**
     * Content-Digest is that of the spoilt bytes, as when a relay seals an answer anew: only the digest
     * of the whole file still tells. Default: it stays as it was.
     */
    resealed: z.boolean().optional(),
  }),
  /** Does the work and answers with another SHA-256, in headers and body, than the file has. */
  z.strictObject({ ...matchShape, kind: z.literal("wrong-digest") }),
  /** Flips one bit of the body before the service sees it; in a batch, of a part's content. */
  z.strictObject({
    ...matchShape,
    kind: z.literal("corrupt-request-body"),
    /** Which byte. Default: the first; in a batch, the first of the part's content. */
    afterBytes: z.int().min(0).optional(),
    /**
     * Of a batch: Content-Digest is made to fit the spoilt bytes, as a relay does that seals a request anew, so that
     * only the part's own digest still tells. Default: it stays as it was.
     */
    resealed: z.boolean().optional(),
  }),
  /** Does nothing and answers 200 with a body outside the contract. */
  z.strictObject({
    ...matchShape,
    ...requestBytesShape,
    ...textShape,
    kind: z.literal("unknown-answer"),
  }),
  /** Adds entries to a page of a listing that no honest service has. */
  z.strictObject({
    ...matchShape,
    kind: z.literal("hostile-listing"),
    entries: z.array(z.enum(HOSTILE_ENTRIES)).min(1),
  }),
  /** Says of a page of a listing that another one follows; that one is the first one again. */
  z.strictObject({ ...matchShape, kind: z.literal("endless-listing") }),
  /** Answers with a file that nobody stored, whatever was asked for. */
  z.strictObject({ ...matchShape, ...requestBytesShape, kind: z.literal("false-file") }),
  /** Reads the request's body and sends the answer's at this rate. */
  z.strictObject({
    ...matchShape,
    kind: z.literal("slow"),
    bytesPerSecond: z.int().min(1),
  }),
]);

/** One fault, parsed. */
export type StorageFault = z.infer<typeof storageFaultSchema>;

/** The kinds of fault there are. */
export type StorageFaultKind = StorageFault["kind"];
