import type { NetworkFact } from "../../observation/network-fact.ts";
import type { CommunicationTrouble } from "./communication-trouble.ts";

/** The service of every world. */
const SERVICE_HOST = "backup.example";

/**
 * Whether the way to the service leads through a proxy: by the variable of its scheme, else by the one for
 * all, but not when the host is among those that are reached directly.
 */
export function isProxied({ environment = {}, isSecure }: NetworkFact): boolean {
  const { HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY = "" } = environment;
  const own = isSecure ? HTTPS_PROXY : HTTP_PROXY;
  const url = own === undefined || own === "" ? (ALL_PROXY ?? "") : own;
  const direct = NO_PROXY.split(",").map((name) => name.trim());
  return url !== "" && !direct.some((name) => name === "*" || isNamed(name));
}

function isNamed(name: string): boolean {
  return name.startsWith(".") ? SERVICE_HOST.endsWith(name) : name === SERVICE_HOST;
}

/** What the network itself does to every exchange: no certificate is taken that no trusted root vouches for. */
export function wayTroubles(network: NetworkFact): CommunicationTrouble[] {
  const { inspection, isSecure } = network;
  if (!isSecure || inspection === undefined) return [];
  if (inspection.isTrusted && inspection.isExpired !== true) return [];
  const trouble = { ways: ["tls"], manner: "final", costMs: 0, hitCount: 1 } as const;
  return [{ ...trouble, isForever: true, path: undefined }];
}
