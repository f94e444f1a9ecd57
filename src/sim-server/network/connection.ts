import type { Activity } from "../kernel/activity.ts";
import type { Timers } from "../kernel/timers.ts";
import { Link } from "./link.ts";
import type { CloseKind, SimSocket, SocketAddress, SocketWire } from "./sim-socket.ts";

/** What a connection joins. */
export interface ConnectionEnds {
  readonly client: SimSocket;
  readonly server: SimSocket;
  readonly clientAddress: SocketAddress;
  readonly serverAddress: SocketAddress;
  readonly secure: boolean;
}

/**
 * Two sockets and the two links between them. Closing one end passes what it sent and then the end,
 * or a reset; a reset drops what is under way. Everything that happens to the other end happens
 * later, never inside the call that caused it.
 */
export class Connection {
  readonly client: SimSocket;
  readonly server: SimSocket;
  /** Client to server. */
  readonly up: Link;
  /** Server to client. */
  readonly down: Link;
  readonly #ends: ConnectionEnds;
  readonly #onClosed: () => void;
  #open = 2;
  #silent = false;

  constructor(timers: Timers, activity: Activity, ends: ConnectionEnds, onClosed?: () => void) {
    this.client = ends.client;
    this.server = ends.server;
    this.#ends = ends;
    this.up = new Link(timers, activity, ends.server);
    this.down = new Link(timers, activity, ends.client);
    this.#onClosed = onClosed ?? (() => undefined);
  }

  /** Attaches the server's end, hands it to `accept`, then attaches the client's. */
  open(accept?: (server: SimSocket) => void): void {
    const { client, server, clientAddress, serverAddress, secure } = this.#ends;
    server.attach(this.#wire(server, this.down, this.up, serverAddress, clientAddress), secure);
    accept?.(server);
    client.attach(this.#wire(client, this.up, this.down, clientAddress, serverAddress), secure);
  }

  /** Takes away what faults have yet to do to it; what they did stays. */
  mend(): void {
    for (const link of [this.up, this.down]) {
      link.cut = undefined;
      link.latencyMs = 0;
      link.bytesPerSecond = 0;
    }
  }

  /** Both ends see ECONNRESET, as when something in between cuts the connection. */
  reset(): void {
    this.up.close();
    this.down.close();
    this.#resetEnd(this.client);
    this.#resetEnd(this.server);
  }

  /** The client sees a regular end, early; the server's next write fails. */
  truncate(): void {
    this.down.close();
    this.up.close();
    this.server.peerHasClosed();
    this.client.deliver(null);
    this.#resetEnd(this.server);
  }

  /** From now on nothing passes in either direction and nobody is told. */
  silence(): void {
    this.#silent = true;
    this.up.silence();
    this.down.silence();
  }

  /**
   * The process that owns `end` is gone. Killed: its kernel resets the connection. Power lost: the
   * other end hears nothing.
   */
  lose(end: SimSocket, how: "killed" | "power-lost"): void {
    const other = end === this.client ? this.server : this.client;
    if (end.destroyed) return;
    end.kill();
    this.#closedOnce();
    if (how === "power-lost") {
      this.silence();
      return;
    }
    this.up.close();
    this.down.close();
    other.peerHasClosed();
    this.#resetEnd(other);
  }

  #wire(
    socket: SimSocket,
    outgoing: Link,
    incoming: Link,
    local: SocketAddress,
    remote: SocketAddress,
  ): SocketWire {
    const closed = (how: CloseKind): void => {
      const other = socket === this.client ? this.server : this.client;
      this.#closedOnce();
      incoming.close();
      if (this.#silent) return;
      other.peerHasClosed();
      if (how === "reset") {
        outgoing.close();
        this.#resetEnd(other);
      } else if (how === "unread") {
        outgoing.reset();
      } else if (!socket.writableFinished) {
        outgoing.end();
      }
    };
    return { outgoing, incoming, local, remote, closed };
  }

  #resetEnd(socket: SimSocket): void {
    process.nextTick(() => socket.reset());
  }

  #closedOnce(): void {
    this.#open -= 1;
    if (this.#open === 0) this.#onClosed();
  }
}
