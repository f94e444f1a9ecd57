import type { IncomingMessage } from "node:http";

/** Bytes held for one who takes slowly; beyond them the connection is not read from. */
const HELD_BYTES_MAX = 256 * 1024;

/**
 * The pieces of an answer's body as they come. Holds little whatever the size, and hands out what
 * arrived before it throws that the rest did not come, so that a download can go on behind it.
 */
export class BodyPieces {
  readonly #incoming: IncomingMessage;
  readonly #pieces: Buffer[] = [];
  #heldBytes = 0;
  #isComplete = false;
  #error: Error | undefined;
  #wake = (): void => undefined;

  /** Listens from now on. */
  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    incoming.on("data", (piece: Buffer) => {
      this.#pieces.push(piece);
      this.#heldBytes += piece.length;
      if (this.#heldBytes >= HELD_BYTES_MAX) incoming.pause();
      this.#wake();
    });
    incoming.on("end", () => {
      this.#isComplete = true;
      this.#wake();
    });
    incoming.on("error", (error) => {
      this.#error ??= error;
      this.#wake();
    });
    incoming.on("close", () => {
      // Of what is complete nobody waits for more, and to make an error takes long.
      if (this.#isComplete) return;
      this.#error ??= new Error("the connection was closed before the answer ended");
      this.#wake();
    });
  }

  /** Waits for the next piece; undefined at the end. Rejects when the rest did not come. */
  async next(): Promise<Buffer | undefined> {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) {
        this.#heldBytes -= piece.length;
        if (this.#heldBytes < HELD_BYTES_MAX && this.#incoming.isPaused()) this.#incoming.resume();
        return piece;
      }
      if (this.#isComplete) return undefined;
      if (this.#error !== undefined) throw this.#error;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
