import { request as httpRequest } from "node:http";

import type { SimSocket } from "../../../sim-server/network/sim-socket.ts";
import type { ClientAnswer, ClientEvent } from "../../observation/client-event.ts";

/** One request of a client that knows HTTP and nothing else. */
export interface WireRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

interface WireClientOptions {
  /** A new connection to the service. */
  readonly dial: () => SimSocket;
  /** Milliseconds since 1970 on the service's clock. */
  readonly nowMs: () => number;
  /** Resolves when so many virtual milliseconds have passed. */
  readonly wait: (ms: number) => Promise<void>;
  /** Told of each exchange once it is over. */
  readonly note: (event: ClientEvent) => void;
}

/** Milliseconds in which what was sent has arrived for sure, and in which the service has noticed that a client hung up. */
const ARRIVAL_MS = 1000;

/** Talks HTTP to the service, one connection a request, and puts down what crosses the wire. */
export class WireClient {
  readonly #options: WireClientOptions;

  constructor(options: WireClientOptions) {
    this.#options = options;
  }

  /** Sends a request; undefined where the connection broke before the whole answer was here. */
  async send(request: WireRequest): Promise<ClientAnswer | undefined> {
    const { nowMs, note } = this.#options;
    const { method, target, body = Buffer.alloc(0) } = request;
    const headers = this.#headersOf(request);
    const sentMs = nowMs();
    try {
      const answer = await this.#exchange({ ...request, headers });
      const answeredMs = nowMs();
      note({ what: "exchange", sentMs, answeredMs, method, target, headers, body, answer });
      return answer;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      note({ what: "broken", request: `${method} ${target}`, detail });
      return undefined;
    }
  }

  /** Sends a request and hangs up behind so many bytes of its body, once they have arrived and `before` is done. */
  async sendPart(
    request: WireRequest & { readonly body: Buffer },
    byteCount: number,
    before: () => Promise<void>,
  ): Promise<void> {
    const { nowMs, wait, note } = this.#options;
    const { method, target } = request;
    const headers = this.#headersOf(request);
    const body = request.body.subarray(0, byteCount);
    const sentMs = nowMs();
    const sent = httpRequest({
      method,
      path: target,
      headers,
      createConnection: () => this.#options.dial(),
    });
    sent.on("error", () => undefined);
    sent.flushHeaders();
    if (body.length > 0) sent.write(body);
    await wait(ARRIVAL_MS);
    const event = { what: "exchange", sentMs, method, target, headers, body } as const;
    note({ ...event, answeredMs: nowMs(), answer: undefined });
    await before();
    sent.destroy();
    await wait(ARRIVAL_MS);
  }

  #headersOf({ headers = {}, body }: WireRequest): Readonly<Record<string, string>> {
    const length = body === undefined ? {} : { "content-length": String(body.length) };
    return { host: "backup.example", ...length, ...headers };
  }

  #exchange({ method, target, headers, body }: WireRequest): Promise<ClientAnswer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest({
        method,
        path: target,
        headers: { ...headers },
        createConnection: () => this.#options.dial(),
      });
      request.on("error", reject);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const told = response.headers as Readonly<Record<string, string>>;
          const status = response.statusCode ?? 0;
          resolve({ status, headers: told, body: Buffer.concat(chunks) });
        });
      });
      request.end(body);
    });
  }
}
