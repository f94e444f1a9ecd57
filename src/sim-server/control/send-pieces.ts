import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";

/** Characters of work or of text after which others take their turn. */
const TURN_LENGTH_MAX = 64 * 1024;

/** What work without text counts for: a test of the longest path by the worst pattern takes milliseconds. */
const SILENT_PIECE_LENGTH = 16 * 1024;

/**
 * Sends an answer piece by piece: as fast as it is read, never held as a whole, and with a turn for
 * everybody else in between. A null is work that yielded no text. Stops when the client is gone.
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: Iterable<string | null>,
): Promise<void> {
  let length = 0;
  let text = "";
  for (const piece of pieces) {
    text += piece ?? "";
    length += piece?.length ?? SILENT_PIECE_LENGTH;
    if (length < TURN_LENGTH_MAX) continue;
    if (!(await write(response, text))) return;
    length = 0;
    text = "";
    await setImmediate();
  }
  response.end(text);
}

/** Resolves when more can be written; with `false` when the client is gone. */
async function write(response: ServerResponse, text: string): Promise<boolean> {
  if (response.destroyed) return false;
  if (text === "" || response.write(text)) return true;
  const over = new AbortController();
  const { signal } = over;
  const heard = ["drain", "close"].map((event) => once(response, event, { signal }));
  await Promise.race(heard);
  for (const each of heard) each.catch(() => undefined);
  over.abort();
  return !response.destroyed;
}
