import { env } from "node:process";

import { ProxyTunnel } from "../../../agent/adapters/proxy-tunnel.ts";
import { proxyFor } from "../../../agent/adapters/proxy-for.ts";
import type { Dialer, DialTarget } from "../../../agent/ports/dialer.ts";
import { inspectionFailure } from "../../../sim-server/network/tls-inspection.ts";
import type { NetworkData } from "../../scenario/network.ts";

const VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] as const;

/**
 * Dials from a PC over the simulated network as the agent's own dialer does over the machine's: through
 * the proxy of the environment where the target may. The tunnel is the agent's own.
 */
export function pcDialer(wire: Dialer, network: () => NetworkData): Dialer {
  return {
    dial(target) {
      const { environment = {}, inspection } = network();
      const proxyUrl = target.mayUseProxy === true ? proxyIn(environment, target) : undefined;
      if (proxyUrl === undefined) return wire.dial(target);
      const { host, port, secure } = target;
      const tunnel = new ProxyTunnel({ proxyUrl, host, port, dial: (to) => wire.dial(to) });
      const failure = secure ? inspectionFailure(inspection, host) : undefined;
      // The handshake, of which only the outcome is simulated, comes when the tunnel stands.
      if (failure !== undefined) tunnel.once("connect", () => tunnel.destroy(failure));
      return tunnel;
    },
  };
}

/** What the agent makes of an environment: it reads that of its process, which is this one. */
function proxyIn(
  environment: NonNullable<NetworkData["environment"]>,
  target: DialTarget,
): string | undefined {
  const names = VARIABLES.flatMap((name) => [name, name.toLowerCase()]);
  const before = names.map((name) => [name, env[name]] as const);
  for (const name of names) delete env[name];
  Object.assign(env, environment);
  try {
    return proxyFor(target);
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
  }
}
