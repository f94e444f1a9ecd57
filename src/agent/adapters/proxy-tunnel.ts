import { request as httpRequest, type ClientRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

import type { DialTarget } from "../ports/dialer.ts";

/** How a tunnel is asked for. */
interface ProxyTunnelOptions {
  /** `http:` or `https:`, with user and password where the proxy wants them, percent-encoded. */
  readonly proxyUrl: string;
  /** Where the tunnel ends. */
  readonly host: string;
  readonly port: number;
  /** Connects to the proxy itself. Default: over the machine's network. */
  readonly dial?: (target: DialTarget) => Duplex;
}

type Done = (error?: Error | null) => void;

/**
 * A byte stream to a host through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6). What is written
 * before the tunnel stands waits for it; `connect` is emitted then, as a socket does. A proxy that refuses makes it fail with the code
 * `ERR_PROXY_REFUSED`, an address that is none of an HTTP proxy with `ERR_PROXY_INVALID`, and one that
 * cannot be reached with Node's own code. No error holds the proxy's password or its words.
 */
export class ProxyTunnel extends Duplex {
  /** As of a socket: milliseconds without a byte until `timeout` is emitted; 0 for never. */
  timeout = 0;
  readonly #options: ProxyTunnelOptions;
  #asking: ClientRequest | undefined;
  #socket: Socket | undefined;

  constructor(options: ProxyTunnelOptions) {
    super();
    this.#options = options;
  }

  // What node:http asks of a socket that it keeps for the next request.

  setKeepAlive(isOn?: boolean, delayMs?: number): this {
    this.#socket?.setKeepAlive(isOn, delayMs);
    return this;
  }

  setTimeout(timeoutMs: number, onTimeout?: () => void): this {
    this.timeout = timeoutMs;
    if (onTimeout !== undefined) this.once("timeout", onTimeout);
    this.#socket?.setTimeout(timeoutMs);
    return this;
  }

  ref(): this {
    this.#socket?.ref();
    return this;
  }

  unref(): this {
    this.#socket?.unref();
    return this;
  }

  override _construct(done: Done): void {
    const { host, port } = this.#options;
    const proxyUrl = parsedProxyUrl(this.#options.proxyUrl);
    if (proxyUrl === undefined) return done(proxyError("ERR_PROXY_INVALID"));
    const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const isSecure = proxyUrl.protocol === "https:";
    const proxy = {
      host: proxyUrl.hostname.replace(/^\[|\]$/g, ""),
      port: Number(proxyUrl.port) || (isSecure ? 443 : 80),
    };
    const { dial } = this.#options;
    const request = isSecure && dial === undefined ? httpsRequest : httpRequest;
    const asking = request({
      ...proxy,
      // Without an agent either way; with one given as none, Node connects by itself.
      ...(dial === undefined
        ? { agent: false }
        : { createConnection: () => dial({ ...proxy, secure: isSecure }) }),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...authorization(proxyUrl) },
    });
    this.#asking = asking;
    asking.on("error", done);
    asking.on("response", (answer) => {
      asking.destroy();
      done(proxyError("ERR_PROXY_REFUSED", answer.statusCode));
    });
    asking.on("connect", (answer, socket: Socket, head: Buffer) => {
      if (answer.statusCode !== 200) {
        socket.destroy();
        return done(proxyError("ERR_PROXY_REFUSED", answer.statusCode));
      }
      this.#take(socket, head);
      this.emit("connect");
      return done();
    });
    asking.end();
    return undefined;
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: Done): void {
    this.#socket?.write(chunk, encoding, done);
  }

  override _final(done: Done): void {
    this.#socket?.end(() => done());
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#asking?.destroy();
    this.#socket?.destroy();
    done(error);
  }

  #take(socket: Socket, head: Buffer): void {
    this.#socket = socket;
    if (this.timeout > 0) socket.setTimeout(this.timeout);
    socket.on("timeout", () => this.emit("timeout"));
    if (head.length > 0) socket.unshift(head);
    socket.on("data", (chunk: Buffer) => {
      if (!this.push(chunk)) socket.pause();
    });
    socket.on("end", () => this.push(null));
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.destroy());
  }
}

function parsedProxyUrl(given: string): URL | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url?.protocol === "http:" || url?.protocol === "https:" ? url : undefined;
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair, "utf8").toString("base64")}` };
}

/** For whom it is asked: the words are in the tables of the one who tells a person. */
function proxyError(code: "ERR_PROXY_INVALID" | "ERR_PROXY_REFUSED", statusCode?: number): Error {
  const answer = statusCode === undefined ? "" : ` (HTTP ${statusCode})`;
  return Object.assign(new Error(`${code}${answer}`), { code, statusCode });
}
