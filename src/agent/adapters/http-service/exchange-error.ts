import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import { exchangeFailed, ServiceError } from "../../ports/service.ts";

const WAY_BY_CODE: Record<string, ExchangeFailure> = {
  ECONNREFUSED: "unreachable",
  EHOSTUNREACH: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETUNREACH: "unreachable",
  ENETDOWN: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  ENOTFOUND: "unresolved",
  EAI_AGAIN: "unresolved",
  ECONNRESET: "reset",
  ECONNABORTED: "reset",
  EPIPE: "reset",
  ETIMEDOUT: "timeout",
  EPROTO: "tls",
  ERR_PROXY_REFUSED: "blocked",
  ERR_PROXY_INVALID: "unreachable",
};

const WORDS: Record<ExchangeFailure, string> = {
  unreachable: "the service cannot be reached",
  unresolved: "the service's name cannot be resolved",
  reset: "the connection was cut",
  timeout: "the service did not answer in time",
  unavailable: "the service is out of order",
  corrupt: "the service's answer arrived damaged",
  blocked: "something between here and the service blocks it",
  tls: "no trusted TLS connection could be made",
};

// Names that Node and OpenSSL give certificate and handshake failures.
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/** The error for an exchange that had no usable answer. */
export function exchangeError(
  way: ExchangeFailure,
  what: string,
  options: {
    readonly detail?: string;
    readonly retryAfterMs?: number;
    readonly error?: unknown;
  } = {},
): ServiceError {
  const detail = options.detail === undefined ? "" : ` (${options.detail})`;
  return new ServiceError(
    exchangeFailed(way, options.retryAfterMs),
    `${what}: ${WORDS[way]}${detail}`,
    options.error,
  );
}

/**
 * The error for what Node's sockets, TLS and HTTP parser emit. `answerBegan` tells a cut before the
 * answer (`reset`) from an answer that stopped short or is no HTTP (`corrupt`).
 */
export function socketError(error: unknown, what: string, answerBegan: boolean): ServiceError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // What the tunnel through a proxy says is its code and the proxy's status.
  const isProxyError = error instanceof Error && code.startsWith("ERR_PROXY_");
  const options = {
    detail: isProxyError ? error.message : code === "" ? String(error) : code,
    error,
  };
  if (TLS_CODE.test(code)) return exchangeError("tls", what, options);
  if (answerBegan || code.startsWith("HPE_")) return exchangeError("corrupt", what, options);
  return exchangeError(WAY_BY_CODE[code] ?? "reset", what, options);
}
