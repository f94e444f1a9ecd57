import { setImmediate } from "node:timers/promises";

/** Others have their turn behind so many bytes: the memory of a large content is slow to come on some machines. */
const TURN_BYTES = 2 ** 20;

/** As `ownBytes`, of so many bytes that nobody may wait for all of them. */
export async function ownBytesInTurns(pieces: readonly Buffer[]): Promise<Buffer> {
  const own = Buffer.allocUnsafeSlow(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  let turnAt = TURN_BYTES;
  for (const piece of pieces) {
    at += piece.copy(own, at);
    if (at < turnAt) continue;
    turnAt = at + TURN_BYTES;
    await setImmediate();
  }
  return own;
}
