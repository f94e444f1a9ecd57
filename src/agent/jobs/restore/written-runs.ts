/** Bytes. What the disks we meet allocate at a time; a shorter hole saves nothing. */
const BLOCK_BYTES = 4096;

const ZEROS = Buffer.alloc(BLOCK_BYTES);

/** A part of a piece that has to be written, and where it begins in the piece. */
interface WrittenRun {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * The parts of a piece of a file, which begins at `fileOffset`, without the blocks that hold nothing but
 * zeros: in a new file those stay holes, which read as zeros. Neighbouring blocks come as one part.
 */
export function writtenRuns(piece: Uint8Array, fileOffset: number): WrittenRun[] {
  const runs: WrittenRun[] = [];
  let start: number | undefined;
  for (let at = 0; at < piece.length;) {
    const end = Math.min(piece.length, at + BLOCK_BYTES - ((fileOffset + at) % BLOCK_BYTES));
    if (isZero(piece, at, end)) {
      if (start !== undefined) runs.push({ offset: start, bytes: piece.subarray(start, at) });
      start = undefined;
    } else {
      start ??= at;
    }
    at = end;
  }
  if (start !== undefined) runs.push({ offset: start, bytes: piece.subarray(start) });
  return runs;
}

function isZero(piece: Uint8Array, from: number, to: number): boolean {
  if (piece[from] !== 0) return false;
  return ZEROS.compare(piece, from, to, 0, to - from) === 0;
}
