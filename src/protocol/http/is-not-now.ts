/**
 * Whether an HTTP status says that the service can serve nobody just now, so that trying again may
 * help (D10). Not among them: 507, which refuses this very file (D7), and 511, by which a network
 * asks for a sign-in in place of the service (RFC 6585 section 6).
 */
export function isNotNow(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 507 && status !== 511);
}
