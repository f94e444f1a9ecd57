import { request as httpRequest, type ClientRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { Duplex } from "node:stream";

/** How a tunnel is asked for. */
interface ProxyTunnelOptions {
  /** `http:` or `https:`, with user and password where the proxy wants them, percent-encoded. */
  readonly proxyUrl: string;
  /** Where the tunnel ends. */
  readonly host: string;
  readonly port: number;
}

type Done = (error?: Error | null) => void;

/**
 * A byte stream to a host through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6). What is written
 * before the tunnel stands waits for it. A proxy that refuses makes it fail with the code
 * `ERR_PROXY_REFUSED`, an address that is none of an HTTP proxy with `ERR_PROXY_INVALID`, and one that
 * cannot be reached with Node's own code. No error holds the proxy's password or its words.
 */
export class ProxyTunnel extends Duplex {
  readonly #options: ProxyTunnelOptions;
  #asking: ClientRequest | undefined;
  #socket: Duplex | undefined;

  constructor(options: ProxyTunnelOptions) {
    super();
    this.#options = options;
  }

  override _construct(done: Done): void {
    const { host, port } = this.#options;
    const proxyUrl = parsedProxyUrl(this.#options.proxyUrl);
    if (proxyUrl === undefined) return done(proxyError("ERR_PROXY_INVALID"));
    const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
    const request = proxyUrl.protocol === "https:" ? httpsRequest : httpRequest;
    const asking = request({
      host: proxyUrl.hostname.replace(/^\[|\]$/g, ""),
      port: proxyUrl.port || (proxyUrl.protocol === "https:" ? 443 : 80),
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...authorization(proxyUrl) },
      agent: false,
    });
    this.#asking = asking;
    asking.on("error", done);
    asking.on("response", (answer) => {
      asking.destroy();
      done(proxyError("ERR_PROXY_REFUSED", answer.statusCode));
    });
    asking.on("connect", (answer, socket: Duplex, head: Buffer) => {
      if (answer.statusCode !== 200) {
        socket.destroy();
        return done(proxyError("ERR_PROXY_REFUSED", answer.statusCode));
      }
      this.#take(socket, head);
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

  #take(socket: Duplex, head: Buffer): void {
    this.#socket = socket;
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
