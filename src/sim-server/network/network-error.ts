import type { TlsFailureCode } from "../faults/network-fault.ts";

/** The failures of a connection as Node names them, and what Node says with each. */
const ERRNO = {
  ECONNREFUSED: -111,
  ECONNRESET: -104,
  EHOSTUNREACH: -113,
  ENETUNREACH: -101,
  ENOTFOUND: -3008,
  EPIPE: -32,
  ETIMEDOUT: -110,
} as const;

/** Codes of `networkError`. */
export type NetworkErrorCode = keyof typeof ERRNO;

/** What else Node puts on the error: where the call was headed. */
export interface NetworkErrorPlace {
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

/**
 * An error shaped like the one Node raises for a system call that failed: `code`, `errno` (of
 * Linux), `syscall`, and the place where Node gives one.
 */
export function networkError(
  syscall: "connect" | "getaddrinfo" | "read" | "write",
  code: NetworkErrorCode,
  place: NetworkErrorPlace = {},
): NodeJS.ErrnoException {
  const { address, port, hostname } = place;
  const where = address === undefined ? hostname : `${address}:${port}`;
  const error = new Error(`${syscall} ${code}${where === undefined ? "" : ` ${where}`}`);
  return Object.assign(error, { errno: ERRNO[code], code, syscall }, place);
}

/** What a TLS client reports when the handshake fails, by code: the texts are Node's own. */
const TLS_MESSAGES = {
  CERT_HAS_EXPIRED: "certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "Hostname/IP does not match certificate's altnames",
  SELF_SIGNED_CERT_IN_CHAIN: "self-signed certificate in certificate chain",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unable to verify the first certificate",
  EPROTO: "write EPROTO: tlsv1 alert protocol version",
} as const satisfies Record<TlsFailureCode, string>;

/** The error a TLS client reports for a handshake that failed with `code`. */
export function tlsError(code: TlsFailureCode, host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${TLS_MESSAGES[code]}: ${host}`), { code });
}
