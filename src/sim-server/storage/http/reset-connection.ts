import type { Duplex } from "node:stream";

/** Breaks a connection off as hard as it can: with a RST where the transport has one. */
export function resetConnection(socket: Duplex): void {
  const abrupt = socket as Duplex & { resetAndDestroy?: () => unknown };
  try {
    if (abrupt.resetAndDestroy === undefined) socket.destroy();
    else abrupt.resetAndDestroy();
  } catch {
    // A TLS socket has the method but refuses it.
    socket.destroy();
  }
}
