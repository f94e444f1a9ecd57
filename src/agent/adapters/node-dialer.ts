import { connect as connectTcp, isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

import type { Dialer, DialTarget } from "../ports/dialer.ts";
import { proxyFor } from "./proxy-for.ts";
import { ProxyTunnel } from "./proxy-tunnel.ts";
import { trustSystemRoots } from "./trust-system-roots.ts";

/**
 * Dials over the machine's network, through the proxy of the environment where the target may: TCP, or
 * TLS with the certificate verified against the roots of Node and of the operating system.
 */
export class NodeDialer implements Dialer {
  dial(target: DialTarget): Duplex {
    const { host, port, secure } = target;
    const proxyUrl = target.mayUseProxy === true ? proxyFor(target) : undefined;
    const tunnel = proxyUrl === undefined ? undefined : new ProxyTunnel({ proxyUrl, host, port });
    if (secure) return withoutDelay(dialTls(target, tunnel));
    return tunnel ?? withoutDelay(connectTcp({ host, port }));
  }
}

function dialTls({ host, port, alpn }: DialTarget, tunnel: Duplex | undefined): Socket {
  trustSystemRoots();
  // An address is no server name (RFC 6066); the certificate is checked against `host` either way.
  const servername = isIP(host) === 0 ? host : "";
  const socket = connectTls({
    host,
    port,
    servername,
    ...(alpn && { ALPNProtocols: [alpn] }),
    ...(tunnel && { socket: tunnel }),
  });
  // TLS does not tell what its stream broke of before it was there.
  tunnel?.on("error", (error) => socket.destroy(error));
  return socket;
}

function withoutDelay(socket: Socket): Socket {
  return socket.setNoDelay(true);
}
