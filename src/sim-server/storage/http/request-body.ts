import type { IncomingMessage } from "node:http";

import { message } from "../../../messages/message.ts";
import { ProblemError } from "./problem-error.ts";

/** The client went away, or was cut off, before its body had arrived. Nothing is answered. */
export class BodyAborted extends Error {}

/** What stands between the socket and the handler: faults look at, delay or change the bytes. */
export interface BodyTap {
  /**
   * Called with each piece as it arrives and how many bytes came before it. Returns the pieces to
   * pass on; may throw to end the request after them.
   */
  pass(chunk: Buffer, offset: number): Buffer;
  /** Bytes after which `reached` is called, once; null for never. */
  readonly stopAfterBytes: number | null;
  /** What happens there: a promise to wait for before the rest is read; it may reject. */
  reached(): Promise<void>;
  /** How long to wait after so many bytes, in milliseconds; 0 for not at all. */
  pauseMs(byteCount: number): number;
  /** Waits. */
  wait(ms: number): Promise<void>;
}

/** Who has to hold a body that is read as a whole. Refuses by throwing, having taken nothing. */
export interface BodyMemory {
  take(byteCount: number): void;
  give(byteCount: number): void;
}

/** The body of a request, read once, by one reader. Not read at all, Node throws it away. */
export class RequestBody {
  readonly #request: IncomingMessage;
  readonly #tap: BodyTap | null;
  #beforeReading: (() => void) | null;
  readonly #memory: BodyMemory;
  #receivedBytes = 0;
  #takenBytes = 0;
  #collected: Promise<Buffer> | null = null;

  /** `beforeReading` is called once, when the first reader comes: the place for 100 Continue. */
  constructor(
    request: IncomingMessage,
    memory: BodyMemory,
    tap: BodyTap | null = null,
    beforeReading: (() => void) | null = null,
  ) {
    this.#request = request;
    this.#memory = memory;
    this.#tap = tap;
    this.#beforeReading = beforeReading;
  }

  /** Bytes read so far. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** What Content-Length says; null when it is absent, as in chunked messages. */
  get declaredBytes(): number | null {
    const declared = this.#request.headers["content-length"];
    return declared === undefined ? null : Number(declared);
  }

  /** The whole body in one piece; refused with `content-too-large` beyond `bytesMax`. */
  collect(bytesMax: number): Promise<Buffer> {
    this.#collected ??= this.#collect(bytesMax);
    return this.#collected;
  }

  /** Gives back the memory of what was collected: nobody looks at it any more. */
  release(): void {
    this.#memory.give(this.#takenBytes);
    this.#takenBytes = 0;
  }

  /** Gives a body that was collected another content. */
  replaceCollected(content: Buffer): void {
    this.#collected = Promise.resolve(content);
  }

  /**
   * Hands every piece to `sink` as it arrives and resolves behind the last. Rejects with what `sink`
   * or a fault throws, and with `BodyAborted` when the connection ends first; the pieces before that
   * were handed over.
   */
  consume(sink: (chunk: Buffer) => void): Promise<void> {
    this.#beforeReading?.();
    this.#beforeReading = null;
    return this.#tap === null ? this.#readPlain(sink) : this.#readTapped(sink, this.#tap);
  }

  /** Ends a reading that is under way; the connection goes with it. */
  abort(): void {
    this.#request.destroy();
  }

  async #collect(bytesMax: number): Promise<Buffer> {
    const tooLarge = (): ProblemError =>
      new ProblemError("content-too-large", message("request.body-too-large", { bytesMax }));
    if ((this.declaredBytes ?? 0) > bytesMax) throw tooLarge();
    const chunks: Buffer[] = [];
    await this.consume((chunk) => {
      if (this.#receivedBytes > bytesMax) throw tooLarge();
      this.#memory.take(chunk.length);
      this.#takenBytes += chunk.length;
      chunks.push(chunk);
    });
    const [only] = chunks;
    return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
  }

  #readPlain(sink: (chunk: Buffer) => void): Promise<void> {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      const detach = (): void => {
        request.off("data", take).off("end", end).off("error", cut).off("close", cut);
      };
      const fail = (error: unknown): void => {
        detach();
        // The rest of the body still comes; without a reader it would block the connection.
        request.on("error", ignore).resume();
        reject(error);
      };
      const take = (chunk: Buffer): void => {
        this.#receivedBytes += chunk.length;
        try {
          sink(chunk);
        } catch (error) {
          fail(error);
        }
      };
      const end = (): void => {
        detach();
        resolve();
      };
      const cut = (): void => fail(new BodyAborted("the connection broke"));
      request.on("data", take).on("end", end).on("error", cut).on("close", cut);
    });
  }

  async #readTapped(sink: (chunk: Buffer) => void, tap: BodyTap): Promise<void> {
    let stopAt = tap.stopAfterBytes;
    const take = (chunk: Buffer): void => {
      const passed = tap.pass(chunk, this.#receivedBytes);
      this.#receivedBytes += chunk.length;
      sink(passed);
    };
    try {
      // destroyOnReturn: a fault may leave the request hanging; only the fault destroys it.
      const pieces: AsyncIterable<Buffer> = this.#request.iterator({ destroyOnReturn: false });
      for await (const piece of pieces) {
        let chunk = piece;
        if (stopAt !== null && this.#receivedBytes + chunk.length >= stopAt) {
          const head = chunk.subarray(0, stopAt - this.#receivedBytes);
          chunk = chunk.subarray(head.length);
          stopAt = null;
          if (head.length > 0) take(head);
          await tap.reached();
        }
        if (chunk.length > 0) take(chunk);
        const pauseMs = tap.pauseMs(piece.length);
        if (pauseMs > 0) await tap.wait(pauseMs);
      }
    } catch (error) {
      // A connection can also break once all bytes are here and before they were read.
      const isCut = this.#request.destroyed && !this.#request.complete;
      if (isCut || error === this.#request.errored) {
        throw new BodyAborted("the connection broke", { cause: error });
      }
      throw error;
    }
  }
}

function ignore(): void {
  // The reader has been told already.
}
