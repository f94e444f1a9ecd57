import { Agent as HttpAgent, request as httpRequest } from "node:http";
import type { Duplex } from "node:stream";

import type { Clock } from "../../ports/clock.ts";
import type { Dialer } from "../../ports/dialer.ts";
import { exchangeError, socketError, tooSlowError } from "./exchange-error.ts";
import { Reception, type HttpAnswer, type TakerOf } from "./reception.ts";
import { SilenceTimer } from "./silence-timer.ts";
import { message, type Message } from "../../../messages/message.ts";

/** A request as it goes on the wire. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, in pieces that are sent one after another without being copied together. */
  readonly body?: readonly Uint8Array[];
}

/** Bytes handed to the connection at a time. */
const BIT_BYTES = 256 * 1024;

interface HttpConnectionOptions {
  readonly serviceUrl: string;
  readonly dialer: Dialer;
  readonly clock: Clock;
  /** How long the service may be silent before the exchange is given up, in milliseconds. */
  readonly silenceMsMax: number;
  /** How long an exchange may take beside what its bytes take at `bytesPerSecondMin`. Default: no limit. */
  readonly exchangeMsMax?: number;
  /** Bytes per second; see `exchangeMsMax`. Default 1. */
  readonly bytesPerSecondMin?: number;
  /** Called when an exchange has heard nothing for some seconds. Default: nobody is told. */
  readonly onQuiet?: (quiet: QuietExchange) => QuietEnd;
}

/** An exchange that has heard nothing for some seconds, and how long it still waits. */
interface QuietExchange {
  readonly what: Message;
  readonly leftMs: number;
}

/** Called once when it is quiet no more; `isHeard`: because the service said something. */
type QuietEnd = (isHeard: boolean) => void;

/** After so much silence somebody who waits wants to know why. */
const QUIET_AFTER_MS = 5_000;

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
    const createConnection = (): Duplex =>
      options.dialer.dial({ host, port, secure, alpn: "http/1.1", mayUseProxy: true });
    Object.assign(this.#agent, { createConnection });
  }

  /** One exchange, its answer gathered in memory. `what` names it in errors, for people. */
  exchange(request: HttpRequest, what: Message): Promise<HttpAnswer> {
    return this.receive(request, what);
  }

  /**
   * One exchange whose answer may be too large for memory: `takerOf` sees its head and says who takes
   * the body piece by piece. Where it names nobody the body is gathered; otherwise it is empty in what
   * this resolves to. What `takerOf` and the taker throw cuts the exchange and comes out unchanged.
   */
  receive(
    request: HttpRequest,
    what: Message,
    takerOf: TakerOf = () => undefined,
  ): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const {
        clock,
        silenceMsMax,
        exchangeMsMax = Infinity,
        bytesPerSecondMin = 1,
        onQuiet = () => () => undefined,
      } = this.#options;
      let answer: Reception | undefined;
      const outgoing = httpRequest({
        agent: this.#agent,
        host: this.#url.hostname,
        port: this.#url.port,
        method: request.method,
        path: request.path,
        headers: { host: this.#url.host, ...request.headers },
      });
      let quietEnds: QuietEnd = () => undefined;
      const endQuiet = (isHeard: boolean): void => {
        const ends = quietEnds;
        quietEnds = () => undefined;
        ends(isHeard);
      };
      const fail = (error: unknown): void => {
        endQuiet(false);
        silence.end();
        outgoing.destroy();
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- as it was thrown
        reject(error);
      };
      const silence = new SilenceTimer({
        clock,
        silenceMsMax,
        exchangeMsMax,
        bytesPerSecondMin,
        quietAfterMs: QUIET_AFTER_MS,
        onSilence: () => {
          const detail = message("exchange.silent", { seconds: Math.round(silenceMsMax / 1000) });
          fail(exchangeError("timeout", what, { detail }));
        },
        onTooSlow: () => {
          const detail = message("exchange.too-slow", { bytesPerSecond: bytesPerSecondMin });
          fail(tooSlowError(what, detail));
        },
        onQuiet: (leftMs) => {
          quietEnds = onQuiet({ what, leftMs });
        },
        onHeard: () => endQuiet(true),
      });
      silence.heard();
      outgoing.on("error", (error) => {
        if (answer === undefined) fail(socketError(error, what, false));
        else answer.broke(error);
      });
      outgoing.on("response", (incoming) => {
        answer = new Reception(incoming, { what, silence, receivedAtMs: clock.nowMs() });
        answer
          .take(takerOf)
          .finally(() => silence.end())
          .then(resolve, fail);
      });
      void writeBody(outgoing, request.body ?? [], (byteCount) => {
        silence.moved(byteCount);
        silence.heard();
      });
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
  taken: (byteCount: number) => void,
): Promise<void> {
  let byteCount = 0;
  for (const bit of bits(pieces)) {
    if (outgoing.destroyed) return;
    byteCount += bit.length;
    if (outgoing.write(bit)) continue;
    await drained(outgoing);
    taken(byteCount);
    byteCount = 0;
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
