import { z } from "zod";

import { message } from "../../../messages/message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import { snapshotParts, type SnapshotRecord } from "./snapshot-record.ts";

/** Bytes of a content in one line. */
const PIECE_BYTES_MAX = 48 * 1024;

/** The line a snapshot begins with. */
const HEAD = { kind: "azukeru-storage-snapshot", version: 1, form: "lines" } as const;

const headSchema = z.strictObject({
  kind: z.literal(HEAD.kind),
  version: z.literal(HEAD.version),
  form: z.literal(HEAD.form),
});

const { contract, folder, file, account, session, wrongPasswords, sha256 } = snapshotParts;

const recordSchema = z.discriminatedUnion("record", [
  z.strictObject({ record: z.literal("content"), sha256, base64: z.base64() }),
  z.strictObject({ record: z.literal("contract"), value: contract }),
  z.strictObject({ record: z.literal("folder"), value: folder }),
  z.strictObject({ record: z.literal("file"), value: file }),
  z.strictObject({ record: z.literal("account"), value: account }),
  z.strictObject({ record: z.literal("session"), value: session }),
  z.strictObject({ record: z.literal("wrong-passwords"), value: wrongPasswords }),
  z.strictObject({ record: z.literal("end") }),
]);

/** A snapshot as lines of JSON, made while it is read. No line is longer than 200 KiB. */
export function* formatSnapshotLines(records: Iterable<SnapshotRecord>): IterableIterator<string> {
  yield `${JSON.stringify(HEAD)}\n`;
  for (const record of records) {
    if (record.record !== "content") {
      yield `${JSON.stringify(record)}\n`;
      continue;
    }
    const { bytes } = record;
    for (let at = 0; at === 0 || at < bytes.length; at += PIECE_BYTES_MAX) {
      const base64 = bytes.subarray(at, at + PIECE_BYTES_MAX).toString("base64");
      yield `${JSON.stringify({ record: "content", sha256: record.sha256, base64 })}\n`;
    }
  }
  yield `${JSON.stringify({ record: "end" })}\n`;
}

/**
 * The records of such lines, as they come. Throws a ZodError or SyntaxError at a line that is none, and
 * a `SpokenError` when the last one is missing: the snapshot was cut off.
 */
export async function* parseSnapshotLines(
  lines: AsyncIterable<string>,
): AsyncGenerator<SnapshotRecord> {
  let isHead = true;
  let isOver = false;
  for await (const line of lines) {
    const value: unknown = JSON.parse(line);
    if (isHead) {
      headSchema.parse(value);
      isHead = false;
      continue;
    }
    if (isOver) throw new SpokenError(message("snapshot.behind-end"));
    const record = recordSchema.parse(value);
    if (record.record === "end") isOver = true;
    else if (record.record !== "content") yield record;
    else {
      const bytes = Buffer.from(record.base64, "base64");
      yield { record: "content", sha256: record.sha256, bytes };
    }
  }
  if (!isOver) throw new SpokenError(message("snapshot.not-whole"));
}
