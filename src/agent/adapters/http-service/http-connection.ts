import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import type { Clock } from "../../ports/clock.ts";
import type { Dialer } from "../../ports/dialer.ts";
import { communicationError, socketFailure } from "./communication-failure.ts";

/** A request as it goes on the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, in pieces that are sent one after another without being copied together. */
  readonly body?: readonly Uint8Array[];
}

/** An answer, its body whole in memory. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Answers to the agent's requests are small; one that does not end is not read for ever. */
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** Bytes handed to the connection at a time. */
const BIT_BYTES = 256 * 1024;

/** What `HttpConnection` is made of. */
export interface HttpConnectionOptions {
  readonly serviceUrl: string;
  readonly dialer: Dialer;
  readonly clock: Clock;
  /** How long the service may be silent before the exchange is given up, in milliseconds. */
  readonly silenceMsMax: number;
}

/**
 * HTTP/1.1 to one service over kept connections. Each exchange rejects with `ServiceError` of kind
 * `communication` when no whole answer came; nothing is retried here.
 */
export class HttpConnection {
  readonly #options: HttpConnectionOptions;
  readonly #url: URL;
  readonly #agent: HttpAgent;

  constructor(options: HttpConnectionOptions) {
    this.#options = options;
    this.#url = new URL(options.serviceUrl);
    this.#agent = new HttpAgent({ keepAlive: true, maxFreeSockets: 16 });
    const secure = this.#url.protocol === "https:";
    const host = this.#url.hostname.replace(/^\[|\]$/g, "");
    const port = Number(this.#url.port) || (secure ? 443 : 80);
    // The dialer speaks TLS itself, so that a simulated network sees every connection in one place.
    const createConnection = (): Duplex => options.dialer.dial({ host, port, secure });
    Object.assign(this.#agent, { createConnection });
  }

  /** One exchange. `what` names it in errors, for people. */
  exchange(request: HttpRequest, what: string): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      let answerBegan = false;
      let isOver = false;
      let cancelTimer: () => void = () => undefined;
      const outgoing = httpRequest({
        agent: this.#agent,
        host: this.#url.hostname,
        port: this.#url.port,
        method: request.method,
        path: request.path,
        headers: { host: this.#url.host, ...request.headers },
      });
      const end = (): void => {
        isOver = true;
        cancelTimer();
      };
      const fail = (error: Error): void => {
        end();
        outgoing.destroy();
        reject(error);
      };
      const heard = (): void => {
        // The rest of a body may still go out, or be given up, after the exchange is over.
        if (isOver) return;
        cancelTimer();
        cancelTimer = this.#options.clock.setTimer(this.#options.silenceMsMax, () => {
          const detail = `silent for ${Math.round(this.#options.silenceMsMax / 1000)} s`;
          fail(communicationError("B-CE-4", what, { detail }));
        });
      };
      heard();
      outgoing.on("error", (error) => fail(socketFailure(error, what, answerBegan)));
      outgoing.on("response", (incoming) => {
        answerBegan = true;
        heard();
        const pieces: Buffer[] = [];
        let byteCount = 0;
        incoming.on("data", (piece: Buffer) => {
          heard();
          byteCount += piece.length;
          if (byteCount > ANSWER_BYTES_MAX) {
            fail(communicationError("B-CE-6", what, { detail: "the answer does not end" }));
            return;
          }
          pieces.push(piece);
        });
        incoming.on("error", (error) => fail(socketFailure(error, what, true)));
        incoming.on("end", () => {
          end();
          const body = Buffer.concat(pieces, byteCount);
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
        });
      });
      void writeBody(outgoing, request.body ?? [], heard);
    });
  }

  /** Closes idle connections and cuts those in use. */
  close(): void {
    this.#agent.destroy();
  }
}

/** Writes bit by bit as fast as the connection takes them; each that went out counts as life. */
async function writeBody(
  outgoing: ReturnType<typeof httpRequest>,
  pieces: readonly Uint8Array[],
  heard: () => void,
): Promise<void> {
  for (const bit of bits(pieces)) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(bit)) {
      await drained(outgoing);
      heard();
    }
  }
  if (!outgoing.destroyed) outgoing.end();
}

/** The pieces, cut so that even a slow line sends each bit well within the time limit for silence. */
function* bits(pieces: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const piece of pieces) {
    for (let start = 0; start < piece.length; start += BIT_BYTES) {
      yield piece.subarray(start, start + BIT_BYTES);
    }
  }
}

function drained(outgoing: ReturnType<typeof httpRequest>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off("drain", done);
      outgoing.off("close", done);
      resolve();
    };
    outgoing.on("drain", done);
    outgoing.on("close", done);
  });
}
