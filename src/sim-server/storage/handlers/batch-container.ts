import { message, type Message } from "../../../messages/message.ts";
import { batchPartHeaderSchema, type BatchPartHeader } from "../../../protocol/http/schemas.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { ProblemError } from "../http/problem-error.ts";
import { firstIssue } from "./request-input.ts";

/** Bytes. The longest line before a part: a path of full length and room for its escapes. */
const PART_LINE_BYTES_MAX = 6 * LIMITS.pathBytesMax + 1024;

/** Bytes. No container within the limits is larger. */
export const BATCH_BODY_BYTES_MAX: number =
  LIMITS.batchBytesMax + LIMITS.batchPartCountMax * PART_LINE_BYTES_MAX;

/** One part of a container: its line, and its bytes as a window on the body. */
export interface BatchPart {
  readonly header: BatchPartHeader;
  readonly content: Buffer;
}

/**
 * Takes a batch container apart (see `BATCH_MEDIA_TYPE`). Throws `invalid-request` for one that is
 * malformed anywhere and `content-too-large` for one beyond the limits, so that nothing of it is
 * committed.
 */
export function parseBatchContainer(body: Buffer): BatchPart[] {
  const parts: BatchPart[] = [];
  let offset = 0;
  let contentBytes = 0;
  while (offset < body.length) {
    const number = parts.length + 1;
    if (number > LIMITS.batchPartCountMax) {
      throw tooLarge(message("request.batch-part-count", { max: LIMITS.batchPartCountMax }));
    }
    const lineEnd = body.indexOf(0x0a, offset);
    if (lineEnd === -1 || lineEnd - offset > PART_LINE_BYTES_MAX) {
      throw malformed(number, message("request.batch-line-endless"));
    }
    const header = parseLine(body.subarray(offset, lineEnd), number);
    const sizeBytes = header.kind === "file" ? header.sizeBytes : 0;
    offset = lineEnd + 1;
    if (offset + sizeBytes > body.length)
      throw malformed(number, message("request.batch-bytes-missing"));
    contentBytes += sizeBytes;
    if (contentBytes > LIMITS.batchBytesMax)
      throw tooLarge(message("request.batch-bytes", { max: LIMITS.batchBytesMax }));
    parts.push({ header, content: body.subarray(offset, offset + sizeBytes) });
    offset += sizeBytes;
  }
  return parts;
}

function parseLine(line: Buffer, number: number): BatchPartHeader {
  let value: unknown;
  try {
    value = JSON.parse(line.toString());
  } catch {
    throw malformed(number, message("request.batch-line-not-json"));
  }
  const parsed = batchPartHeaderSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw malformed(
    number,
    message("request.batch-line-does-not-fit", { issue: firstIssue(parsed.error) }),
  );
}

function malformed(number: number, reason: Message): ProblemError {
  return new ProblemError(
    "invalid-request",
    message("request.batch-malformed", { number, reason }),
  );
}

function tooLarge(detail: Message): ProblemError {
  return new ProblemError("content-too-large", detail);
}
