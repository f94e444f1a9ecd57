import { connect as connectTcp, isIP } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

import type { Dialer, DialTarget } from "../ports/dialer.ts";

/** Dials over the machine's network: TCP, or TLS with the certificate verified against the host's roots. */
export class NodeDialer implements Dialer {
  dial(target: DialTarget): Duplex {
    const { host, port, alpn } = target;
    // An address is no server name (RFC 6066); the certificate is checked against `host` either way.
    const servername = isIP(host) === 0 ? host : "";
    const socket = target.secure
      ? connectTls({ host, port, servername, ...(alpn && { ALPNProtocols: [alpn] }) })
      : connectTcp({ host, port });
    socket.setNoDelay(true);
    return socket;
  }
}
