import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

import type { SimNetwork } from "./sim-network.ts";

/** The port of services that speak TLS. */
const TLS_PORT = 443;

const ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
const NOT_REACHED = "HTTP/1.1 502 Bad Gateway\r\n\r\n";
const NO_ANSWER = "HTTP/1.1 504 Gateway Timeout\r\n\r\n";

/**
 * Starts an HTTP proxy on the network: it leads CONNECT (RFC 9110 section 9.3.6) to any host and does not
 * see into what passes. A host that is not reached is 502, one that does not answer 504.
 */
export function startHttpProxy(
  network: SimNetwork,
  at: { readonly host: string; readonly port: number },
): void {
  const server = createServer((_, response) => {
    response.writeHead(405).end();
  });
  server.on("connect", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    const [, host = "", portText = ""] = /^(.*):(\d+)$/.exec(request.url ?? "") ?? [];
    const port = Number(portText);
    const target = { host, port, secure: port === TLS_PORT, isTunnelled: true };
    const way = network.dial(target, at.host);
    let isOpen = false;
    client.on("error", () => way.destroy());
    client.on("close", () => way.destroy());
    way.on("connect", () => {
      isOpen = true;
      client.write(ESTABLISHED);
      way.write(head);
      client.pipe(way).pipe(client);
    });
    way.on("error", (error: NodeJS.ErrnoException) => {
      if (isOpen) client.destroy();
      else client.end(error.code === "ETIMEDOUT" ? NO_ANSWER : NOT_REACHED);
    });
  });
  network.listen(at, (socket) => void server.emit("connection", socket));
}
