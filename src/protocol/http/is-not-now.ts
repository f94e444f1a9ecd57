/**
 * Whether an HTTP status says that the service can serve nobody just now, so that trying again may
 * help (D10). 507 is not among them: it is a refusal of this very file (D7).
 */
export function isNotNow(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 507);
}
