import { ServiceError, type CommunicationCause } from "../../ports/service.ts";

const CAUSE_BY_CODE: Record<string, CommunicationCause> = {
  ECONNREFUSED: "B-CE-1",
  EHOSTUNREACH: "B-CE-1",
  EHOSTDOWN: "B-CE-1",
  ENETUNREACH: "B-CE-1",
  ENETDOWN: "B-CE-1",
  EADDRNOTAVAIL: "B-CE-1",
  ENOTFOUND: "B-CE-2",
  EAI_AGAIN: "B-CE-2",
  ECONNRESET: "B-CE-3",
  ECONNABORTED: "B-CE-3",
  EPIPE: "B-CE-3",
  ETIMEDOUT: "B-CE-4",
  EPROTO: "B-CE-8",
};

const WORDS: Record<CommunicationCause, string> = {
  "B-CE-1": "the service cannot be reached",
  "B-CE-2": "the service's name cannot be resolved",
  "B-CE-3": "the connection was cut",
  "B-CE-4": "the service did not answer in time",
  "B-CE-5": "the service is out of order",
  "B-CE-6": "the service's answer arrived damaged",
  "B-CE-7": "something between here and the service blocks it",
  "B-CE-8": "no trusted TLS connection could be made",
};

// Names that Node and OpenSSL give certificate and handshake failures.
const TLS_CODE =
  /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/** The error for an exchange that had no usable answer. */
export function communicationError(
  cause: CommunicationCause,
  what: string,
  options: {
    readonly detail?: string;
    readonly retryAfterMs?: number;
    readonly error?: unknown;
  } = {},
): ServiceError {
  const detail = options.detail === undefined ? "" : ` (${options.detail})`;
  return new ServiceError(
    {
      kind: "communication",
      cause,
      // A certificate or a security product does not change its mind within a retry budget (D10).
      transient: cause !== "B-CE-7" && cause !== "B-CE-8",
      retryAfterMs: options.retryAfterMs ?? null,
    },
    `${what}: ${WORDS[cause]}${detail}`,
    options.error,
  );
}

/**
 * The error for what Node's sockets, TLS and HTTP parser emit. `answerBegan` tells a cut before the
 * answer (B-CE-3) from an answer that stopped short or is no HTTP (B-CE-6).
 */
export function socketFailure(error: unknown, what: string, answerBegan: boolean): ServiceError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const options = { detail: code === "" ? String(error) : code, error };
  if (TLS_CODE.test(code)) return communicationError("B-CE-8", what, options);
  if (answerBegan || code.startsWith("HPE_")) return communicationError("B-CE-6", what, options);
  return communicationError(CAUSE_BY_CODE[code] ?? "B-CE-3", what, options);
}
