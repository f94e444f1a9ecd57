import type { OpenFile } from "../../ports/source-disk.ts";
import { fill } from "./read-stable-file.ts";

/**
 * The first `sizeBytes` bytes of a file, piece by piece; ends early where the file does. While one
 * piece is used the next is read, so that disk and network work at the same time; a piece is valid
 * until the next is asked for. Holds two pieces in memory. Rejects with `DiskError`; no read is
 * under way any more when it ends, however it ends.
 */
export async function* readAhead(
  file: OpenFile,
  sizeBytes: number,
  pieceBytes: number,
): AsyncGenerator<Uint8Array, void> {
  const bufferBytes = Math.min(pieceBytes, sizeBytes);
  let used = Buffer.allocUnsafeSlow(bufferBytes);
  let spare = Buffer.allocUnsafeSlow(bufferBytes);
  let next = read(file, used, 0, sizeBytes);
  try {
    for (let offset = 0; offset < sizeBytes;) {
      const count = await next;
      if (count === 0) return;
      offset += count;
      next = read(file, spare, offset, sizeBytes);
      // Should nobody ask for it any more, its failure is nobody's.
      next.catch(() => undefined);
      yield used.subarray(0, count);
      [used, spare] = [spare, used];
    }
  } finally {
    await next.catch(() => undefined);
  }
}

/** Fills the buffer from `offsetBytes` on, up to `sizeBytes` of the file; resolves to the count. */
function read(
  file: OpenFile,
  buffer: Buffer,
  offsetBytes: number,
  sizeBytes: number,
): Promise<number> {
  const room = Math.max(0, Math.min(buffer.length, sizeBytes - offsetBytes));
  return fill(file, buffer.subarray(0, room), offsetBytes);
}
