import { Duplex } from "node:stream";
import { nativeLoop } from "../kernel/native-loop.ts";
import type { Timers } from "../kernel/timers.ts";
import type { Link } from "./link.ts";
import { networkError } from "./network-error.ts";

/** Where a socket is attached; both ends have one. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

/**
 * How an end was closed: regularly; over data nobody had read, which a kernel answers with a reset
 * after what was sent; or by a reset that overtakes what was sent.
 */
export type CloseKind = "end" | "unread" | "reset";

/** What a connection gives a socket once it is up. */
export interface SocketWire {
  readonly outgoing: Link;
  readonly incoming: Link;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** The socket closed its end. */
  closed(how: CloseKind): void;
}

/** Options of a socket. */
export interface SimSocketOptions {
  readonly timers: Timers;
  /** Whether the socket stays writable when the other end has ended, as node:http's server wants it. */
  readonly allowHalfOpen: boolean;
  /** Bytes held before backpressure. Default: Node's. */
  readonly highWaterMark?: number;
}

/** The first bytes of a TLS handshake: its record type, and the version's first half. */
const TLS_HANDSHAKE_START = Buffer.from([0x16, 0x03]);

/** Chunks written together go out as one piece up to this size, as they would in one packet train. */
const COALESCED_BYTES_MAX = 64 * 1024;

/**
 * One end of an in-memory connection, with as much of `net.Socket` as node:http, Express, tls and the
 * mail libraries use. What is written is copied once, as a kernel would: the writer may reuse its
 * buffer when the write is called back. Idle timeouts run on the timers it was given.
 */
export class SimSocket extends Duplex {
  readonly #timers: Timers;
  #wire: SocketWire | undefined;
  #whenConnected: (() => void)[] = [];
  #resetOnClose = false;
  #peerClosed = false;
  /** Whether the owner speaks TLS within the stream, as STARTTLS has it. */
  #carriesTls = false;
  #timeoutMs = 0;
  #lastActiveMs = 0;
  #cancelTimeout: (() => void) | undefined;
  /** Whether the connection is still being made. */
  connecting = true;
  bytesRead = 0;
  bytesWritten = 0;
  /** True when TLS is spoken; the bytes are plain all the same, the handshake is not simulated. */
  encrypted = false;
  /** As `tls.TLSSocket`: the certificate was accepted. */
  authorized = false;
  localAddress: string | undefined;
  localPort: number | undefined;
  remoteAddress: string | undefined;
  remotePort: number | undefined;
  remoteFamily: "IPv4" | undefined;

  constructor(options: SimSocketOptions) {
    const { allowHalfOpen, highWaterMark } = options;
    super({
      allowHalfOpen,
      decodeStrings: false,
      ...(highWaterMark === undefined ? {} : { highWaterMark }),
    });
    this.#timers = options.timers;
  }

  /** Attaches the socket; what was written meanwhile goes out. Emits `connect` and `ready`. */
  attach(wire: SocketWire, secure: boolean): void {
    this.#wire = wire;
    this.connecting = false;
    this.encrypted = secure;
    this.authorized = secure;
    this.localAddress = wire.local.address;
    this.localPort = wire.local.port;
    this.remoteAddress = wire.remote.address;
    this.remotePort = wire.remote.port;
    this.remoteFamily = "IPv4";
    // As in Node, what was written counts as activity for as long as it goes out.
    wire.outgoing.onPassed = () => this.#touch();
    this.#touch();
    this.emit("connect");
    if (secure) this.emit("secureConnect");
    this.emit("ready");
    for (const go of this.#whenConnected.splice(0)) go();
  }

  /** Takes what the link delivers; for the connection only. */
  deliver(chunk: Buffer | null): boolean {
    if (this.destroyed || this.readableEnded) return true;
    this.#touch();
    if (chunk !== null) this.bytesRead += chunk.length;
    return this.push(chunk);
  }

  /** Takes a reset from the link; for the connection only. */
  reset(): void {
    if (!this.destroyed) this.destroy(networkError("read", "ECONNRESET"));
  }

  /** The other end is gone: a later write fails with EPIPE. For the connection only. */
  peerHasClosed(): void {
    this.#peerClosed = true;
  }

  /**
   * Silences this end as a killed process is silenced: no event is emitted any more, whoever waits
   * waits for ever. The other end is the connection's business.
   */
  kill(): void {
    this.#wire = undefined;
    this.#whenConnected = [];
    this.removeAllListeners();
    this.on("error", () => undefined);
    this.destroy();
    releaseParser(this);
  }

  /** As `net.Socket`: opening, open, readOnly, writeOnly, closed. */
  get readyState(): "opening" | "open" | "readOnly" | "writeOnly" | "closed" {
    if (this.connecting) return "opening";
    if (this.readable && this.writable) return "open";
    if (this.readable) return "readOnly";
    return this.writable ? "writeOnly" : "closed";
  }

  /** As `net.Socket`. */
  get pending(): boolean {
    return this.#wire === undefined;
  }

  /** Milliseconds of silence after which `timeout` is emitted; `undefined` when there is no limit. */
  get timeout(): number | undefined {
    return this.#timeoutMs === 0 ? undefined : this.#timeoutMs;
  }

  /** Emits `timeout` after `timeoutMs` without a byte in or out; 0 takes the limit away. */
  setTimeout(timeoutMs: number, callback?: () => void): this {
    this.#cancelTimeout?.();
    this.#cancelTimeout = undefined;
    this.#timeoutMs = timeoutMs;
    if (callback !== undefined) {
      if (timeoutMs === 0) this.removeListener("timeout", callback);
      else this.once("timeout", callback);
    }
    if (timeoutMs > 0 && !this.destroyed) {
      this.#touch();
      this.#armTimeout(timeoutMs);
    }
    return this;
  }

  /** As `net.Socket`. */
  address(): { address: string; port: number; family: "IPv4" } | Record<string, never> {
    if (this.#wire === undefined) return {};
    return { ...this.#wire.local, family: "IPv4" };
  }

  /** Does nothing: there is no delay to turn off. */
  setNoDelay(): this {
    return this;
  }

  /** Does nothing: probes are not simulated. */
  setKeepAlive(): this {
    return this;
  }

  /** Does nothing: the driver keeps the process alive. */
  ref(): this {
    return this;
  }

  /** Does nothing: the driver keeps the process alive. */
  unref(): this {
    return this;
  }

  /** Ends, and destroys once everything is written. */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once("finish", () => this.destroy());
  }

  /** Closes at once; the other end sees ECONNRESET and what was under way to it is lost. */
  resetAndDestroy(): this {
    this.#resetOnClose = true;
    return this.destroy();
  }

  override _write(
    chunk: Buffer | string,
    encoding: BufferEncoding,
    callback: (error?: Error | null) => void,
  ): void {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk, encoding) : copyOf(chunk);
    this.#send(bytes, callback);
  }

  override _writev(
    chunks: { chunk: Buffer | string; encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    const pieces = chunks.map(({ chunk, encoding }) =>
      typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk,
    );
    const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (total <= COALESCED_BYTES_MAX) {
      this.#send(Buffer.concat(pieces, total), callback);
      return;
    }
    const sendFrom = (at: number): void => {
      const piece = pieces[at];
      if (piece === undefined) return callback();
      this.#send(copyOf(piece), (error) => (error ? callback(error) : sendFrom(at + 1)));
    };
    sendFrom(0);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#connected(() => {
      this.#wire?.outgoing.end();
      callback();
    });
  }

  override _read(): void {
    this.#wire?.incoming.resume();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#cancelTimeout?.();
    this.#cancelTimeout = undefined;
    this.connecting = false;
    this.#whenConnected = [];
    const wire = this.#wire;
    if (wire !== undefined) {
      const unread = this.readableLength > 0 || wire.incoming.queuedBytes > 0;
      wire.closed(this.#resetOnClose ? "reset" : unread ? "unread" : "end");
    }
    if (error !== null || !this.#carriesTls) return callback(error);
    // TLS over a stream closes it before it tells its own error; over TCP the socket below tells of
    // its end after that. Two turns later, so does this one.
    nativeLoop.soon(() => nativeLoop.soon(() => callback(null)));
  }

  #connected(go: () => void): void {
    if (this.connecting) this.#whenConnected.push(go);
    else go();
  }

  #send(bytes: Buffer, callback: (error?: Error | null) => void): void {
    this.#connected(() => {
      const wire = this.#wire;
      if (wire === undefined || this.#peerClosed) {
        callback(networkError("write", "EPIPE"));
        return;
      }
      this.bytesWritten += bytes.length;
      this.#carriesTls ||= bytes.subarray(0, 2).equals(TLS_HANDSHAKE_START);
      this.#touch();
      wire.outgoing.send(bytes, () => {
        this.#touch();
        callback();
      });
    });
  }

  #touch(): void {
    if (this.#timeoutMs > 0) this.#lastActiveMs = this.#timers.elapsedMs();
  }

  // One timer that looks again when it fires is cheaper than a new timer for every chunk.
  #armTimeout(delayMs: number): void {
    this.#cancelTimeout = this.#timers.setTimer(delayMs, () => {
      const restMs = this.#lastActiveMs + this.#timeoutMs - this.#timers.elapsedMs();
      if (restMs > 0) {
        this.#armTimeout(Math.ceil(restMs));
        return;
      }
      this.#cancelTimeout = undefined;
      this.emit("timeout");
    });
  }
}

/**
 * Lets go of the parser that node:http gave a socket. Node frees it when the socket tells of its end; one that never
 * does would keep it, and by it all that the connection knows, for as long as the process runs.
 */
function releaseParser(socket: Duplex): void {
  const { parser } = socket as Duplex & { readonly parser?: { close(): void } | null };
  // It may be what brought the process to its end, in the middle of its work.
  if (parser) nativeLoop.soon(() => parser.close());
}

function copyOf(chunk: Uint8Array): Buffer {
  // Outside the pool: a pooled slice would keep its whole pool alive while it waits.
  const copy =
    chunk.length < Buffer.poolSize / 2
      ? Buffer.allocUnsafe(chunk.length)
      : Buffer.allocUnsafeSlow(chunk.length);
  copy.set(chunk);
  return copy;
}
