import type { Duplex } from "node:stream";

/** Where a connection goes. */
export interface DialTarget {
  readonly host: string;
  readonly port: number;
  /** TLS is spoken and the certificate verified before the connection is handed over. */
  readonly secure: boolean;
  /** What is offered by ALPN, with TLS: a mail server refuses a client that offers HTTP. Default: nothing. */
  readonly alpn?: string;
  /** Whether the way may lead through the HTTP proxy of the environment; mail never goes there. */
  readonly mayUseProxy?: boolean;
}

/**
 * Opens byte streams to the service: TCP or TLS in the real world, in-memory sockets in the
 * simulator. The stream may still be connecting; a failure to connect arrives as its `error` event
 * with Node's own code (`ECONNREFUSED`, `ENOTFOUND`, `ETIMEDOUT`, `DEPTH_ZERO_SELF_SIGNED_CERT`, ...).
 */
export interface Dialer {
  dial(target: DialTarget): Duplex;
}
