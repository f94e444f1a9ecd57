import { getCACertificates, setDefaultCACertificates } from "node:tls";

let isDone = false;

/**
 * Trusts the roots of the operating system's store as well as Node's own and those of
 * `NODE_EXTRA_CA_CERTS`: companies put the root of what inspects their traffic there. Reading the
 * store takes a tenth of a second, so it is done with the first TLS connection and once per process.
 */
export function trustSystemRoots(): void {
  if (isDone) return;
  isDone = true;
  setDefaultCACertificates([
    ...new Set([...getCACertificates("default"), ...getCACertificates("system")]),
  ]);
}
