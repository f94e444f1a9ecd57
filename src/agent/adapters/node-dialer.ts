import { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";

import type { Dialer, DialTarget } from "../ports/dialer.ts";

/** Dials over the machine's network: TCP, or TLS with the certificate verified against the host's roots. */
export class NodeDialer implements Dialer {
  dial(target: DialTarget): Duplex {
    const { host, port } = target;
    const socket = target.secure
      ? connectTls({ host, port, servername: host, ALPNProtocols: ["http/1.1"] })
      : connectTcp({ host, port });
    socket.setNoDelay(true);
    return socket;
  }
}
