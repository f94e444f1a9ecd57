import { tlsError } from "./network-error.ts";

/** A gateway that looks into TLS and shows certificates of its own. */
export interface TlsInspection {
  /** Whether clients trust the root that signed them. */
  readonly isTrusted: boolean;
  readonly isExpired?: boolean | undefined;
}

/** What a client says to the certificate that it is shown; undefined when it takes it. */
export function inspectionFailure(
  inspection: TlsInspection | undefined,
  host: string,
): NodeJS.ErrnoException | undefined {
  if (inspection === undefined) return undefined;
  if (!inspection.isTrusted) return tlsError("SELF_SIGNED_CERT_IN_CHAIN", host);
  return inspection.isExpired === true ? tlsError("CERT_HAS_EXPIRED", host) : undefined;
}
