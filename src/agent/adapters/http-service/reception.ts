import type { IncomingMessage } from "node:http";

import { BodyPieces } from "./body-pieces.ts";
import { exchangeError, socketError } from "./exchange-error.ts";
import type { SilenceTimer } from "./silence-timer.ts";
import { message, type Message } from "../../../messages/message.ts";

/** What an answer says before its body. */
export interface HttpHead {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
}

/** An answer, its body whole in memory. */
export interface HttpAnswer extends HttpHead {
  readonly body: Buffer;
  /** When its head arrived, by the PC's clock, in milliseconds since 1970. */
  readonly receivedAtMs: number;
}

/** Takes a body piece by piece, the next one not before it resolved. */
export type PieceTaker = (piece: Uint8Array) => Promise<void>;

/** Who takes the body of an answer; undefined: it is gathered in memory. */
export type TakerOf = (head: HttpHead) => PieceTaker | undefined | Promise<PieceTaker | undefined>;

/** Most answers are small; one that does not end is not gathered for ever. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** One answer while it arrives. */
export class Reception {
  readonly #incoming: IncomingMessage;
  readonly #pieces: BodyPieces;
  readonly #what: Message;
  readonly #silence: SilenceTimer;
  readonly #receivedAtMs: number;
  #socketError: Error | undefined;
  #isGathered = true;

  /** `what` names the exchange in errors, for people; `receivedAtMs`: see `HttpAnswer`. */
  constructor(
    incoming: IncomingMessage,
    exchange: {
      readonly what: Message;
      readonly silence: SilenceTimer;
      readonly receivedAtMs: number;
    },
  ) {
    this.#incoming = incoming;
    this.#pieces = new BodyPieces(incoming);
    this.#what = exchange.what;
    this.#silence = exchange.silence;
    this.#receivedAtMs = exchange.receivedAtMs;
  }

  /** The connection failed under it; what arrived before is still taken. */
  broke(error: Error): void {
    this.#socketError ??= error;
    this.#incoming.destroy(error);
  }

  /** Takes the answer to its end. What `takerOf` or the taker throws comes out unchanged. */
  async take(takerOf: TakerOf): Promise<HttpAnswer> {
    const { statusCode: status = 0, headers } = this.#incoming;
    // How long taking takes is not the other side's silence.
    this.#silence.pause();
    const gathered: Buffer[] = [];
    const taker = await takerOf({ status, headers });
    this.#isGathered = taker === undefined;
    const take = taker ?? this.#gatherer(gathered);
    for (let piece = await this.#next(); piece !== undefined; piece = await this.#next()) {
      await take(piece);
    }
    return { status, headers, body: Buffer.concat(gathered), receivedAtMs: this.#receivedAtMs };
  }

  async #next(): Promise<Buffer | undefined> {
    this.#silence.heard();
    try {
      const piece = await this.#pieces.next();
      this.#silence.moved(piece?.length ?? 0);
      return piece;
    } catch (error) {
      // Bytes of a file are a transfer that broke; any other answer that stops short is a damaged one.
      const found = this.#socketError;
      if (found === undefined) throw socketError(error, this.#what, true);
      throw socketError(found, this.#what, this.#isGathered);
    } finally {
      this.#silence.pause();
    }
  }

  #gatherer(gathered: Buffer[]): PieceTaker {
    let byteCount = 0;
    return (piece) => {
      byteCount += piece.length;
      gathered.push(Buffer.from(piece));
      if (byteCount <= ANSWER_BYTES_MAX) return Promise.resolve();
      const detail = message("exchange.endless");
      return Promise.reject(exchangeError("corrupt", this.#what, { detail }));
    };
  }
}
