import type { Socket } from "node:net";
import { TLSSocket, type SecureContext } from "node:tls";

import { strikeFaults } from "./faults/strike-faults.ts";
import { tellFault, type MailContext } from "./mail-context.ts";
import type { MailLink, MailSocket } from "./mail-link.ts";

/** Milliseconds a client may take for the handshake of a TLS port. */
const HANDSHAKE_TIMEOUT_MS = 60_000;

/** Answers the handshake instead of TLS. */
const GARBAGE = "HTTP/1.0 400 Bad Request\r\n\r\n";

/**
 * Lets the faults of a handshake strike that begins with the next bytes of `link`, and then `begin`
 * with the certificate to show, unless a fault ended it. Until then nothing may be reading the socket.
 */
export function passHandshake(
  context: MailContext,
  link: MailLink,
  begin: (secureContext: SecureContext) => void,
): void {
  const due = context.faults.due({ stage: "handshake" });
  const pass = async (): Promise<void> => {
    const goesOn = await strikeFaults(due, context.timers, {
      reply: () => undefined,
      stall: () => {
        link.fallSilent();
        link.socket.resume();
      },
      reset: () => whenClientHasSpoken(link, () => link.reset()),
      tell: (kind) => tellFault(context, link, "handshake", kind),
    });
    if (!goesOn || link.socket.destroyed) return;
    for (const { fault, strike } of due) {
      if (fault.kind !== "garbage" && fault.kind !== "certificate") continue;
      strike();
      tellFault(context, link, "handshake", fault.kind);
      if (fault.kind === "certificate") return begin(context.tls.context(fault.certificate));
      return whenClientHasSpoken(link, () => link.socket.end(GARBAGE));
    }
    begin(context.tls.context());
  };
  pass().catch((error: unknown) => {
    context.onInternalError(error);
    link.reset();
  });
}

/** Does a TLS server's handshake on a socket; calls back when it is done, or tells why it failed. */
export function acceptTls(
  context: MailContext,
  link: MailLink,
  secureContext: SecureContext,
  done: (socket: TLSSocket) => void,
): void {
  const { socket, number } = link;
  const secured = new TLSSocket(asSystemSocket(socket), { isServer: true, secureContext });
  const onTimeout = (): void => void secured.destroy();
  const onError = (error: NodeJS.ErrnoException): void => {
    // The code alone: messages of OpenSSL hold the address of a thread.
    context.tell({ connection: number, kind: "tls-failed", detail: error.code ?? "" });
    secured.destroy();
  };
  socket.setTimeout(HANDSHAKE_TIMEOUT_MS, onTimeout);
  secured.once("error", onError);
  secured.once("_tlsError", onError);
  secured.once("secure", () => {
    socket.setTimeout(0, onTimeout);
    secured.removeListener("error", onError);
    secured.removeListener("_tlsError", onError);
    context.tell({ connection: number, kind: "tls", detail: "handshake" });
    done(secured);
  });
}

/** The in-memory socket has as much of the system's as TLS and smtp-server use. */
export function asSystemSocket(socket: MailSocket): Socket {
  return socket as Socket;
}

function whenClientHasSpoken(link: MailLink, act: () => void): void {
  link.socket.once("data", act);
  link.socket.resume();
}
