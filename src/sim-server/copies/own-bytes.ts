/**
 * The same bytes in one piece with memory of its own. A buffer of a socket is a window on all that came
 * with it, and Node takes small buffers from a pool that lives as long as any of them.
 */
export function ownBytes(pieces: readonly Buffer[]): Buffer {
  const sizeBytes = pieces.reduce((sum, { length }) => sum + length, 0);
  const own = Buffer.allocUnsafeSlow(sizeBytes);
  let at = 0;
  for (const piece of pieces) at += piece.copy(own, at);
  return own;
}
