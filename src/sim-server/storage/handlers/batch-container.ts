import { batchPartHeaderSchema, type BatchPartHeader } from "../../../protocol/http/schemas.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { ProblemError } from "../http/problem-error.ts";
import { issueText } from "./request-input.ts";

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
      throw tooLarge(`more than ${LIMITS.batchPartCountMax} parts`);
    }
    const lineEnd = body.indexOf(0x0a, offset);
    if (lineEnd === -1 || lineEnd - offset > PART_LINE_BYTES_MAX) {
      throw malformed(number, "its line does not end");
    }
    const header = parseLine(body.subarray(offset, lineEnd), number);
    const sizeBytes = header.kind === "file" ? header.sizeBytes : 0;
    offset = lineEnd + 1;
    if (offset + sizeBytes > body.length) throw malformed(number, "its bytes are not all there");
    contentBytes += sizeBytes;
    if (contentBytes > LIMITS.batchBytesMax)
      throw tooLarge(`more than ${LIMITS.batchBytesMax} bytes`);
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
    throw malformed(number, "its line is not JSON");
  }
  const parsed = batchPartHeaderSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw malformed(number, `its line does not fit: ${issueText(parsed.error)}`);
}

function malformed(number: number, reason: string): ProblemError {
  return new ProblemError(
    "invalid-request",
    `Part ${number} of the batch is malformed: ${reason}.`,
  );
}

function tooLarge(reason: string): ProblemError {
  return new ProblemError("content-too-large", `The batch has ${reason}.`);
}
