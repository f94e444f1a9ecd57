import { z } from "zod";

import { ownBytesInTurns } from "../copies/own-bytes-in-turns.ts";
import { message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";
import type { StoredMail } from "./stored-mail.ts";

/** A number that is still exact when one is added. */
const NUMBER_MAX = 999_999_999_999_999;

/** Characters of an address. */
const ADDRESS_LENGTH_MAX = 1_024;

/** Characters of a name that a client gives itself, and of a user: what fits into a command. */
const NAME_LENGTH_MAX = 16_384;

/** Recipients of one mail. */
const RECIPIENT_COUNT_MAX = 100;

/** Bytes of one content. */
const CONTENT_BYTES_MAX = 256 * 2 ** 20;

/** Bytes of a content that are written in one piece. Of three, so that pieces of base64 are one text. */
const PIECE_BYTES = 48 * 1024;

const addressSchema = z.string().max(ADDRESS_LENGTH_MAX);

const numberSchema = z.int().min(1).max(NUMBER_MAX);

const mailShape = {
  number: numberSchema,
  /** A moment that can be written down with a year of four digits. */
  receivedAtMs: z.int().min(0).max(253_402_300_799_999),
  from: addressSchema,
  recipients: z.array(addressSchema).max(RECIPIENT_COUNT_MAX),
  clientName: z.string().max(NAME_LENGTH_MAX),
  tls: z.boolean(),
  user: z.string().max(NAME_LENGTH_MAX).nullable(),
};

const HEAD = { kind: "azukeru-mail-snapshot", version: 1 } as const;

const headShape = { kind: z.literal(HEAD.kind), version: z.literal(HEAD.version) };

/** All mails of a mailbox, as plain JSON of one version. Holds no password. */
export const mailSnapshotSchema = z.strictObject({
  ...headShape,
  /** The number of the next mail. */
  nextNumber: numberSchema,
  /** `raw` is base64. */
  mails: z.array(z.strictObject({ ...mailShape, raw: z.base64() })),
});

/** A snapshot of a mailbox, parsed. */
export type MailSnapshot = z.infer<typeof mailSnapshotSchema>;

/** A mail as a snapshot has it, whatever form that has. */
export type MailRecord = Omit<MailSnapshot["mails"][number], "raw"> & { readonly raw: Buffer };

/** What a mailbox holds at one moment. */
export interface MailboxContent {
  readonly nextNumber: number;
  /** Oldest first. */
  readonly mails: readonly (StoredMail & { readonly number: number })[];
}

/** Tells the head of a snapshot as lines from one that is a single value. */
const LINES_HEAD = { ...HEAD, form: "lines" } as const;

const linesHeadSchema = z.strictObject({ ...headShape, form: z.literal("lines") });

const lineSchema = z.discriminatedUnion("record", [
  z.strictObject({ record: z.literal("mail"), value: z.strictObject(mailShape) }),
  /** A piece of the content of the mail before it. */
  z.strictObject({ record: z.literal("content"), base64: z.base64() }),
  z.strictObject({ record: z.literal("end"), nextNumber: numberSchema }),
]);

/** A snapshot as one value, made at once. */
export function mailSnapshotOf({ nextNumber, mails }: MailboxContent): MailSnapshot {
  const all = mails.map((mail) => ({ ...envelopeOf(mail), raw: mail.raw.toString("base64") }));
  return { ...HEAD, nextNumber, mails: all };
}

/** The same as the text of its JSON, made while it is read; no piece is longer than 64 KiB and an envelope. */
export function* formatMailSnapshot(content: MailboxContent): IterableIterator<string> {
  const { nextNumber, mails } = content;
  yield `${JSON.stringify({ ...HEAD, nextNumber }).slice(0, -1)},"mails":[`;
  for (const [index, mail] of mails.entries()) {
    yield `${index === 0 ? "" : ","}${JSON.stringify(envelopeOf(mail)).slice(0, -1)},"raw":"`;
    for (const piece of piecesOf(mail.raw)) yield piece.toString("base64");
    yield '"}';
  }
  yield "]}";
}

/** The same as lines of JSON, made while they are read. No line is longer than 1 MiB. */
export function* formatMailLines({ nextNumber, mails }: MailboxContent): IterableIterator<string> {
  yield `${JSON.stringify(LINES_HEAD)}\n`;
  for (const mail of mails) {
    yield `${JSON.stringify({ record: "mail", value: envelopeOf(mail) })}\n`;
    for (const piece of piecesOf(mail.raw)) {
      yield `${JSON.stringify({ record: "content", base64: piece.toString("base64") })}\n`;
    }
  }
  yield `${JSON.stringify({ record: "end", nextNumber })}\n`;
}

/**
 * The mails of such lines, as they come; returns the number of the next one. Throws a ZodError or
 * SyntaxError at a line that is none, and a `SpokenError` when the last one is missing: the snapshot was cut off.
 */
export async function* parseMailLines(
  lines: AsyncIterable<string>,
): AsyncGenerator<MailRecord, number> {
  let isHead = true;
  let nextNumber: number | undefined;
  let open: Omit<MailRecord, "raw"> | undefined;
  let pieces: Buffer[] = [];
  let sizeBytes = 0;
  for await (const line of lines) {
    const value: unknown = JSON.parse(line);
    if (isHead) {
      linesHeadSchema.parse(value);
      isHead = false;
      continue;
    }
    if (nextNumber !== undefined) throw new SpokenError(message("snapshot.behind-end"));
    const record = lineSchema.parse(value);
    if (record.record === "content") {
      if (open === undefined) throw new SpokenError(message("snapshot.content-of-no-mail"));
      const piece = Buffer.from(record.base64, "base64");
      sizeBytes += piece.length;
      if (sizeBytes > CONTENT_BYTES_MAX) throw new SpokenError(message("snapshot.mail-too-large"));
      pieces.push(piece);
      continue;
    }
    if (open !== undefined) yield { ...open, raw: await ownBytesInTurns(pieces) };
    pieces = [];
    sizeBytes = 0;
    if (record.record === "mail") open = record.value;
    else ({ nextNumber } = record);
  }
  if (nextNumber === undefined) throw new SpokenError(message("snapshot.not-whole"));
  return nextNumber;
}

function envelopeOf(mail: MailboxContent["mails"][number]): Omit<MailRecord, "raw"> {
  const { number, receivedAtMs, from, recipients, clientName, tls, user } = mail;
  return { number, receivedAtMs, from, recipients: [...recipients], clientName, tls, user };
}

function* piecesOf(raw: Buffer): IterableIterator<Buffer> {
  for (let at = 0; at < raw.length; at += PIECE_BYTES) yield raw.subarray(at, at + PIECE_BYTES);
}
