import { networkError, tlsError } from "./network-error.ts";
import { inspectionFailure, type TlsInspection } from "./tls-inspection.ts";
import { CONNECT_TIMEOUT_MS, type NetworkFault } from "../faults/network-fault.ts";

/** Where a connection goes: the shape of the agent's own port. */
export interface NetworkTarget {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  /** Who dials leads somebody else's TLS through: it sees no certificate. Default: no. */
  readonly isTunnelled?: boolean;
}

/** What is known when a connection is about to be made. */
export interface ConnectAttempt {
  readonly target: NetworkTarget;
  /** `undefined` when the name is unknown. */
  readonly address: string | undefined;
  readonly faults: readonly NetworkFault[];
  readonly outage: "unreachable" | "unresolved" | "silent" | undefined;
  readonly inspection: TlsInspection | undefined;
  /** Who listens there, if anybody. */
  readonly place: { readonly secure: boolean | "either" } | undefined;
}

/** Why a connection is not made, and when the client hears of it: `silent` is never. */
export type ConnectFailure =
  | { readonly error: "silent" }
  | { readonly error: NodeJS.ErrnoException; readonly afterMs: number };

/**
 * Why this connection fails; `undefined` when it does not. An outage comes before the faults, those
 * before the plain facts: an unknown name, nobody listening, TLS spoken to a port without it, a certificate
 * that is not taken.
 */
export function connectFailure(attempt: ConnectAttempt): ConnectFailure | undefined {
  const { target, address, faults, outage, place, inspection } = attempt;
  const { host, port, secure } = target;
  const at = { address: address ?? host, port };
  // Made only when needed: an error takes a stack trace, and most connections succeed.
  const unresolved = () => networkError("getaddrinfo", "ENOTFOUND", { hostname: host });
  if (outage === "silent") {
    return { error: networkError("connect", "ETIMEDOUT", at), afterMs: CONNECT_TIMEOUT_MS };
  }
  if (outage === "unresolved") return now(unresolved());
  if (outage === "unreachable") return now(networkError("connect", "ENETUNREACH", at));
  for (const fault of faults) {
    const failure = injected(fault);
    if (failure !== undefined) return failure;
  }
  if (address === undefined) return now(unresolved());
  if (place === undefined) return now(networkError("connect", "ECONNREFUSED", at));
  if (secure && place.secure === false) return now(tlsError("EPROTO", host));
  const isSeen = secure && place.secure === true && target.isTunnelled !== true;
  const refusal = isSeen ? inspectionFailure(inspection, host) : undefined;
  if (refusal !== undefined) return now(refusal);
  return undefined;

  function injected(fault: NetworkFault): ConnectFailure | undefined {
    switch (fault.kind) {
      case "refused":
        return now(networkError("connect", "ECONNREFUSED", at));
      case "unresolved":
        return now(unresolved());
      case "unreachable":
        return now(networkError("connect", "EHOSTUNREACH", at));
      case "timeout":
        return { error: networkError("connect", "ETIMEDOUT", at), afterMs: fault.afterMs };
      case "silent":
        return { error: "silent" };
      case "tls-failure":
        // Without TLS there is no handshake to fail.
        return secure ? now(tlsError(fault.code, host)) : undefined;
      case "reset-after":
      case "blackhole-after":
      case "truncate-after":
      case "latency":
      case "throttle":
      case "intercepted":
        return undefined;
    }
  }
}

function now(error: NodeJS.ErrnoException): ConnectFailure {
  return { error, afterMs: 0 };
}
