import type { Connection } from "./connection.ts";
import type { NetworkFault } from "../faults/network-fault.ts";
import type { SimSocket } from "./sim-socket.ts";

/**
 * Puts the faults of a new connection on its links; gives who accepts it: the server, or the one in
 * between that answers in its place.
 */
export function applyStreamFaults(
  connection: Connection,
  faults: readonly NetworkFault[],
  accept: (server: SimSocket) => void,
): (server: SimSocket) => void {
  let accepting = accept;
  for (const fault of faults) {
    switch (fault.kind) {
      case "reset-after":
        cutAfter(fault, () => connection.reset());
        break;
      case "blackhole-after":
        cutAfter(fault, () => connection.silence());
        break;
      case "truncate-after":
        cutAfter(fault, () => connection.truncate());
        break;
      case "latency":
        connection.up.latencyMs += fault.latencyMs;
        connection.down.latencyMs += fault.latencyMs;
        break;
      case "throttle":
        connection.up.bytesPerSecond = fault.bytesPerSecond;
        connection.down.bytesPerSecond = fault.bytesPerSecond;
        break;
      case "intercepted":
        accepting = (server) => answerWith(server, fault.answer);
        break;
      case "refused":
      case "unresolved":
      case "unreachable":
      case "timeout":
      case "silent":
      case "tls-failure":
        break;
    }
  }
  return accepting;

  function cutAfter(
    fault: { bytesUp?: number | undefined; bytesDown?: number | undefined },
    happen: () => void,
  ): void {
    const link = fault.bytesUp === undefined ? connection.down : connection.up;
    link.cut = { afterBytes: fault.bytesUp ?? fault.bytesDown ?? 0, happen };
  }
}

/** Reads the request away, answers as soon as the first bytes arrive, and ends. */
function answerWith(server: SimSocket, answer: string): void {
  server.on("error", () => undefined);
  server.once("data", () => server.end(answer));
  server.resume();
}
