import { Activity } from "../kernel/activity.ts";
import { globalTimers, type Timers } from "../kernel/timers.ts";
import { Connection } from "./connection.ts";
import { SimSocket } from "./sim-socket.ts";

/** Options of a pair; all have defaults. */
export interface SocketPairOptions {
  /** Default: the global timers, virtual or not. */
  readonly timers?: Timers;
  readonly activity?: Activity;
  /** Bytes held on each end before backpressure. Default: Node's. */
  readonly highWaterMark?: number;
}

/** Two connected sockets without a network around them: what one writes the other reads. */
export function createSocketPair(options: SocketPairOptions = {}): {
  readonly client: SimSocket;
  readonly server: SimSocket;
  readonly connection: Connection;
} {
  const { timers = globalTimers, activity = new Activity(), highWaterMark } = options;
  const common = highWaterMark === undefined ? { timers } : { timers, highWaterMark };
  const client = new SimSocket({ ...common, allowHalfOpen: false });
  const server = new SimSocket({ ...common, allowHalfOpen: true });
  const connection = new Connection(timers, activity, {
    client,
    server,
    clientAddress: { address: "192.0.2.10", port: 49_152 },
    serverAddress: { address: "203.0.113.1", port: 80 },
    secure: false,
  });
  connection.open();
  return { client, server, connection };
}
