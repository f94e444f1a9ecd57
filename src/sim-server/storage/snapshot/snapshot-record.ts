import { z } from "zod";

import { message } from "../../../messages/message.ts";
import { EDITIONS, PLANS } from "../../../protocol/edition.ts";
import { nanosecondsSchema, sha256Schema } from "../../../protocol/http/schemas.ts";
import { modeSchema } from "../../../protocol/posix-mode.ts";
import { checkServicePath } from "../../../protocol/service-path.ts";
import { ownIssueText } from "../../input/issue-message.ts";
import { TIMELINE_COUNT_MAX } from "../stores/service-history.ts";
import { loginIdSchema } from "../stores/account-settings.ts";

/** A moment that can be written down with a year of four digits. */
const instantMsSchema = z.int().min(0).max(253_402_300_799_999);

const pathSchema = z
  .array(z.string())
  .refine(
    (names) => checkServicePath(names).kind === "path",
    ownIssueText(message("problem.invalid-path")),
  );

/** Ids stand in entity tags. */
const idSchema = z.string().regex(/^[df][0-9]{1,15}$/);

const textSchema = z.string().min(1).max(255);

const generationSchema = z.strictObject({
  generation: z.int().min(1),
  sizeBytes: z.int().min(0),
  modifiedAtNs: nanosecondsSchema,
  mode: modeSchema.nullable().default(null),
  savedAtMs: instantMsSchema,
  sha256: sha256Schema,
});

/** Absent in what an earlier version wrote. */
const writeOrderSchema = z.int().min(0).max(999_999_999_999_999).default(0);

/** What a snapshot is made of, whatever form it has. Nothing in it can make an answer invalid. */
export const snapshotParts = {
  sha256: sha256Schema,
  password: z.string().min(1).max(1024),
  contract: z.strictObject({
    id: textSchema,
    edition: z.enum(EDITIONS),
    plan: z.enum(PLANS),
    generationCountMax: z.int().min(1).max(1_000),
    quotaBytes: z.int().min(0),
    nextId: z.int().min(1).max(999_999_999_999_999),
    /** Absent in what an earlier version wrote. */
    timelines: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[\w~-]{1,64}$/),
          revision: z.int().min(1).max(999_999_999_999_999),
        }),
      )
      .max(TIMELINE_COUNT_MAX)
      .default([]),
  }),
  folder: z.strictObject({
    path: pathSchema,
    id: idSchema,
    createdAtMs: instantMsSchema,
    writeOrder: writeOrderSchema,
    supersededAtMs: instantMsSchema.optional(),
    attributes: z
      .strictObject({ modifiedAtNs: nanosecondsSchema, mode: modeSchema.nullable() })
      .nullable()
      .default(null),
  }),
  file: z.strictObject({
    path: pathSchema,
    id: idSchema,
    writeOrder: writeOrderSchema,
    supersededAtMs: instantMsSchema.optional(),
    /** Newest first. */
    generations: z
      .array(generationSchema)
      .min(1)
      .refine(
        (all) =>
          all.every(({ generation }, at) => generation < (all[at - 1]?.generation ?? Infinity)),
        "generations are newest first",
      ),
  }),
  account: z.strictObject({
    loginId: loginIdSchema,
    nickname: textSchema,
    contractId: textSchema,
    password: z.string().min(1).max(1024),
  }),
  session: z.strictObject({
    token: z.string().regex(/^[\w.~+/=-]{1,255}$/),
    loginId: textSchema,
    deviceName: textSchema,
    createdAtMs: instantMsSchema,
    lastUsedAtMs: instantMsSchema,
  }),
  /** How many were given for a login ID in a row, which need not be an account's. */
  wrongPasswords: z.strictObject({
    loginId: textSchema,
    count: z.int().min(1),
  }),
} as const;

/** A piece of a content; the pieces of one follow each other. */
interface ContentRecord {
  readonly record: "content";
  readonly sha256: string;
  readonly bytes: Buffer;
}

type PartRecord<K extends "contract" | "folder" | "file" | "account" | "session"> = {
  readonly record: K;
  readonly value: z.infer<(typeof snapshotParts)[K]>;
};

interface WrongPasswordsRecord {
  readonly record: "wrong-passwords";
  readonly value: z.infer<typeof snapshotParts.wrongPasswords>;
}

/**
 * One piece of what a service knows. A snapshot is a series of them: contents, then each contract with
 * its folders, each behind the one it is in, and its files, then accounts, then sessions, then wrong passwords.
 */
export type SnapshotRecord =
  | ContentRecord
  | PartRecord<"contract">
  | PartRecord<"folder">
  | PartRecord<"file">
  | PartRecord<"account">
  | PartRecord<"session">
  | WrongPasswordsRecord;
