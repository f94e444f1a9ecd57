import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import { refusalWay } from "./refusal-way.ts";
import { exchangeFailed, ServiceError } from "../../ports/service.ts";
import { message, type Message } from "../../../messages/message.ts";
import { reasonOf } from "../../../messages/reason-of.ts";

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
  ERR_PROXY_INVALID: "unreachable",
};

// Names that Node and OpenSSL give certificate and handshake failures.
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/** The error for an exchange that had no usable answer. */
export function exchangeError(
  way: ExchangeFailure,
  what: Message,
  options: {
    readonly detail?: Message;
    readonly retryAfterMs?: number;
    readonly error?: unknown;
  } = {},
): ServiceError {
  const found = message(`exchange.${way}`);
  const { detail } = options;
  const why =
    detail === undefined ? found : message("exchange.with-detail", { why: found, detail });
  return new ServiceError(
    exchangeFailed(way, options.retryAfterMs),
    message("exchange.failed", { what, why }),
    options.error,
  );
}

/** The error for an exchange that went on too slowly to wait for its end. */
export function tooSlowError(what: Message, detail: Message): ServiceError {
  const why = message("exchange.with-detail", { why: message("exchange.timeout"), detail });
  return new ServiceError(
    {
      kind: "communication",
      way: "timeout",
      transient: true,
      retryAfterMs: null,
      isTooSlow: true,
    },
    message("exchange.failed", { what, why }),
  );
}

/**
 * The error for what Node's sockets, TLS and HTTP parser emit. `answerBegan` tells a cut before the
 * answer (`reset`) from an answer that stopped short or is no HTTP (`corrupt`).
 */
export function socketError(error: unknown, what: Message, answerBegan: boolean): ServiceError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const proxyStatus = /\(HTTP (\d{3})\)/.exec(error instanceof Error ? error.message : "")?.[1];
  const options = {
    detail:
      code === ""
        ? reasonOf(error)
        : code.startsWith("ERR_PROXY_") && proxyStatus !== undefined
          ? message("exchange.proxy-refused", { code, status: proxyStatus })
          : message("exchange.code", { code }),
    error,
  };
  if (TLS_CODE.test(code)) return exchangeError("tls", what, options);
  if (answerBegan || code.startsWith("HPE_")) return exchangeError("corrupt", what, options);
  if (code === "ERR_PROXY_REFUSED") {
    return exchangeError(refusalWay(Number(proxyStatus ?? 0)), what, options);
  }
  return exchangeError(WAY_BY_CODE[code] ?? "reset", what, options);
}
