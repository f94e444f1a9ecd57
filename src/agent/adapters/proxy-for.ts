import { env } from "node:process";

import { getProxyForUrl } from "proxy-from-env";

import type { DialTarget } from "../ports/dialer.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/i;

/**
 * The address of the proxy through which a connection to a web service goes, by the environment:
 * `HTTPS_PROXY` (`HTTP_PROXY` for a service without TLS), else `ALL_PROXY`, but for the hosts in
 * `NO_PROXY` and for this machine itself. Small letters count too. Undefined: none. It may hold a
 * password, and be no proxy that can be used.
 */
export function proxyFor({ host, port, secure }: DialTarget): string | undefined {
  if (LOOPBACK.test(host)) return undefined;
  const authority = host.includes(":") ? `[${host}]` : host;
  const given = getProxyForUrl(`${secure ? "https" : "http"}://${authority}:${port}`);
  if (given === "") return undefined;
  // To a proxy that is given without a scheme the library adds that of the service.
  return Object.values(env).includes(given) ? given : given.replace(/^https:/, "http:");
}
