import { setImmediate } from "node:timers/promises";

import { message } from "../../messages/message.ts";
import { ProblemError } from "../storage/http/problem-error.ts";

/** Bytes of one line. */
const LINE_BYTES_MAX = 2 ** 20;

/** Lines after which others take their turn, however many of them came in one piece. */
const TURN_LINE_COUNT = 64;

/**
 * The lines of a body as they arrive, empty ones left out. Rejects with `content-too-large` at a line
 * of more than 1 MiB, and when the connection breaks.
 */
export async function* readLines(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let pieces: Buffer[] = [];
  let heldBytes = 0;
  let lineCount = 0;
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      const line = Buffer.concat([...pieces, chunk.subarray(start, end)]).toString();
      pieces = [];
      heldBytes = 0;
      start = end + 1;
      if (line.trim() !== "") yield line;
      lineCount += 1;
      if (lineCount % TURN_LINE_COUNT === 0) await setImmediate();
    }
    pieces.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > LINE_BYTES_MAX) {
      throw new ProblemError(
        "content-too-large",
        message("control.line-bytes", { bytesMax: LINE_BYTES_MAX }),
      );
    }
  }
  const last = Buffer.concat(pieces).toString();
  if (last.trim() !== "") yield last;
}
