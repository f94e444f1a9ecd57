import type { Activity } from "../kernel/activity.ts";
import type { Timers } from "../kernel/timers.ts";
import { applyStreamFaults } from "./apply-stream-faults.ts";
import { connectFailure, type NetworkTarget } from "./connect-failure.ts";
import { Connection } from "./connection.ts";
import { NetworkFaultPlan } from "./network-fault-plan.ts";
import { NameTable } from "./name-table.ts";
import { networkError } from "./network-error.ts";
import type { NetworkFault, NetworkFaultInput } from "../faults/network-fault.ts";
import type { TlsInspection } from "./tls-inspection.ts";
import { SimSocket, type SocketAddress } from "./sim-socket.ts";

/*
 * Fault model of the network.
 * - What it can do to you: refuse, not know the name, not answer, answer late or slowly; fail the TLS
 *   handshake; reset, fall silent or end early after any number of bytes in either direction; answer
 *   in place of the server; lose the cable and get it back; cut everything at once. It can deliver
 *   in pieces of any size.
 * - What a correct client must survive: all of it, by an error it reports or by trying again. Only
 *   the client's own timeouts end a silence.
 * - Never injected: changed, repeated or reordered bytes inside a connection (TCP and TLS see to
 *   that), a connection to the wrong host.
 * - Not modelled: the TLS handshake (its outcome is; the bytes between the sockets are plain, unless
 *   the client does a handshake of its own within them), packets,
 *   congestion, keep-alive probes, the order of addresses of one name, IPv6. A cable that is out
 *   stops open connections and loses nothing: they go on when it is back.
 */

/** A place on the network where somebody listens. */
export interface Listener {
  readonly host: string;
  readonly port: number;
  /** Stops listening: ECONNREFUSED from now on. Open connections stay. */
  close(): void;
}

/** How a place listens. */
export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  /**
   * Whether TLS is spoken there. `either`: as who connects has it; without TLS the bytes are the
   * client's own, which may then be a handshake within the stream. Default: no.
   */
  readonly secure?: boolean | "either";
  /** Whether accepted sockets stay writable after the client ended; node:http wants it. Default: yes. */
  readonly allowHalfOpen?: boolean;
}

/** Something the network did, for a trace. */
export interface NetworkEvent {
  readonly kind: "connected" | "failed" | "fault" | "down" | "up" | "severed";
  /** `host:port`, or the owner. */
  readonly place: string;
  readonly detail: string;
}

/** Time and observers of a network; these are called at the very moment, and in order. */
export interface SimNetworkOptions {
  readonly timers: Timers;
  readonly activity: Activity;
  readonly faults?: readonly NetworkFaultInput[];
  /** Told what happens, in order. */
  readonly observe?: (event: NetworkEvent) => void;
  /** Told just before bytes arrive at one end of a connection that `owner` dialled. */
  readonly beforePassing?: (owner: string, place: string, direction: "up" | "down") => void;
}

/** How the whole network can be out: no route, no names, or no answer (ETIMEDOUT in the end). */
export type NetworkOutage = "unreachable" | "unresolved" | "silent";

interface Place {
  readonly accept: (socket: SimSocket) => void;
  readonly secure: boolean | "either";
  readonly allowHalfOpen: boolean;
}

interface OpenConnection {
  readonly connection: Connection;
  readonly owner: string;
  readonly host: string;
}

const CLIENT_ADDRESS = "192.0.2.10";

/** The first port a system gives to outgoing connections. */
const FIRST_CLIENT_PORT = 49_152;

/** The only way between the parts of a world: who listens where, and every connection there is. */
export class SimNetwork {
  /** Planned faults. They spoil connections made from now on; one that is spoilt stays so. */
  readonly faults: NetworkFaultPlan = new NetworkFaultPlan();
  /** Who looks into TLS between clients and services, if anybody. */
  inspection: TlsInspection | undefined;
  readonly #options: SimNetworkOptions;
  readonly #names = new NameTable();
  readonly #places = new Map<string, Place>();
  readonly #open = new Set<OpenConnection>();
  /** Sockets of an owner that are still connecting. */
  readonly #dialling = new Map<SimSocket, string>();
  #outage: NetworkOutage | undefined;
  #connectionCount = 0;

  constructor(options: SimNetworkOptions) {
    this.#options = options;
    for (const fault of options.faults ?? []) this.faults.add(fault);
  }

  /** Makes a name known without anybody listening there; its address. */
  addName(host: string): string {
    return this.#names.add(host);
  }

  /** Hands every connection to `host:port` to `accept`. Throws when the place is taken. */
  listen(options: ListenOptions, accept: (socket: SimSocket) => void): Listener {
    const { host, port, secure = false, allowHalfOpen = true } = options;
    const key = `${this.#names.add(host)}:${port}`;
    if (this.#places.has(key)) throw new Error(`somebody listens at ${host}:${port} already`);
    this.#places.set(key, { accept, secure, allowHalfOpen });
    return { host, port, close: () => void this.#places.delete(key) };
  }

  /**
   * Connects, in the name of `owner`. The socket is still connecting; failures arrive as its `error`
   * with the code Node would give.
   */
  dial(target: NetworkTarget, owner = "agent"): SimSocket {
    const { timers } = this.#options;
    const socket = new SimSocket({ timers, allowHalfOpen: false });
    const faults = this.#strike(target);
    for (const fault of faults) this.#tell("fault", placeOf(target), fault.kind);
    this.#dialling.set(socket, owner);
    const latencyMs = faults.reduce(
      (sum, fault) => sum + (fault.kind === "latency" ? 2 * fault.latencyMs : 0),
      0,
    );
    this.#later(latencyMs, () => this.#connect(socket, target, owner, faults));
    return socket;
  }

  /** Nothing is to be seen of a handshake where there is none. */
  #strike({ host, secure }: NetworkTarget): readonly NetworkFault[] {
    return this.faults.due(host).flatMap(({ fault, strike }) => {
      if (fault.kind === "tls-failure" && !secure) return [];
      strike();
      return [fault];
    });
  }

  /** A dialer for one owner, in the shape of the agent's port. */
  dialer(owner: string): { dial(target: NetworkTarget): SimSocket } {
    return { dial: (target) => this.dial(target, owner) };
  }

  /** Forgets all planned faults, and mends open connections where those have yet to strike. */
  mend(): void {
    this.faults.clear();
    for (const { connection } of this.#open) connection.mend();
  }

  /** Takes the whole network out. Open connections stand still; new ones fail as `outage` says. */
  down(outage: NetworkOutage = "unreachable"): void {
    this.#outage = outage;
    this.#tell("down", "network", outage);
    for (const { connection } of this.#open) {
      connection.up.down();
      connection.down.down();
    }
  }

  /** Brings the network back. */
  up(): void {
    this.#outage = undefined;
    this.#tell("up", "network", "");
    for (const { connection } of this.#open) {
      connection.up.up();
      connection.down.up();
    }
  }

  /** Resets every open connection, or those to one host; both ends see it. */
  cut(host?: string): void {
    for (const open of this.#open) {
      if (host === undefined || open.host === host) open.connection.reset();
    }
  }

  /** The PC of `owner` falls asleep: what it has open, or was about to open, is reset at both ends. */
  breakOff(owner: string): void {
    for (const [socket, dialledBy] of this.#dialling) {
      if (dialledBy !== owner) continue;
      this.#dialling.delete(socket);
      socket.destroy(networkError("connect", "ECONNRESET"));
    }
    for (const open of this.#open) if (open.owner === owner) open.connection.reset();
  }

  /**
   * The process behind `owner` is gone, and its sockets with it: they emit nothing more. `killed`: the
   * other ends see a reset; `power-lost`: they see nothing.
   */
  sever(owner: string, how: "killed" | "power-lost"): void {
    this.#tell("severed", owner, how);
    for (const [socket, dialledBy] of this.#dialling) {
      if (dialledBy !== owner) continue;
      this.#dialling.delete(socket);
      socket.kill();
    }
    for (const open of this.#open) {
      if (open.owner === owner) open.connection.lose(open.connection.client, how);
    }
  }

  /** The world is over: every socket is silenced, and nothing of it is kept. */
  end(): void {
    for (const socket of this.#dialling.keys()) socket.kill();
    for (const { connection } of this.#open) {
      connection.silence();
      connection.client.kill();
      connection.server.kill();
    }
    this.#dialling.clear();
    this.#open.clear();
  }

  /** Connections open at one end at least. */
  get openCount(): number {
    return this.#open.size;
  }

  #connect(
    socket: SimSocket,
    target: NetworkTarget,
    owner: string,
    faults: readonly NetworkFault[],
  ): void {
    this.#options.activity.bump();
    // Given up or killed meanwhile.
    if (socket.destroyed) {
      this.#dialling.delete(socket);
      return;
    }
    const address = this.#names.resolve(target.host);
    const place = this.#places.get(`${address}:${target.port}`);
    const failure = connectFailure({
      target,
      address,
      faults,
      outage: this.#outage,
      place,
      inspection: this.inspection,
    });
    if (failure !== undefined) {
      if (failure.error === "silent") return;
      const { error, afterMs } = failure;
      const fail = (): void => {
        this.#dialling.delete(socket);
        this.#tell("failed", placeOf(target), error.code ?? error.message);
        socket.destroy(error);
      };
      if (afterMs === 0) fail();
      else this.#options.timers.setTimer(afterMs, fail);
      return;
    }
    this.#dialling.delete(socket);
    if (place === undefined || address === undefined) return;
    this.#join(socket, target, owner, faults, place, { address, port: target.port });
  }

  #join(
    client: SimSocket,
    target: NetworkTarget,
    owner: string,
    faults: readonly NetworkFault[],
    place: Place,
    serverAddress: SocketAddress,
  ): void {
    const { timers, activity } = this.#options;
    const secure = place.secure === "either" ? target.secure : place.secure;
    // Plain bytes at a TLS port: the server cannot read them and hangs up.
    if (secure && !target.secure) {
      client.destroy(networkError("read", "ECONNRESET"));
      return;
    }
    const server = new SimSocket({ timers, allowHalfOpen: place.allowHalfOpen });
    const port = FIRST_CLIENT_PORT + (this.#connectionCount % (65_536 - FIRST_CLIENT_PORT));
    this.#connectionCount += 1;
    const clientAddress = { address: CLIENT_ADDRESS, port };
    const ends = { client, server, clientAddress, serverAddress, secure };
    const connection = new Connection(timers, activity, ends, () => this.#open.delete(open));
    const open: OpenConnection = { connection, owner, host: target.host };
    this.#open.add(open);
    const accept = applyStreamFaults(connection, faults, place.accept);
    const { beforePassing } = this.#options;
    if (beforePassing !== undefined) {
      const at = placeOf(target);
      connection.up.beforePassing = () => beforePassing(owner, at, "up");
      connection.down.beforePassing = () => beforePassing(owner, at, "down");
    }
    this.#tell("connected", placeOf(target), String(this.#connectionCount));
    connection.open(accept);
  }

  #later(delayMs: number, callback: () => void): void {
    if (delayMs > 0) this.#options.timers.setTimer(delayMs, callback);
    else process.nextTick(callback);
  }

  #tell(kind: NetworkEvent["kind"], place: string, detail: string): void {
    this.#options.observe?.({ kind, place, detail });
  }
}

function placeOf(target: NetworkTarget): string {
  return `${target.host}:${target.port}`;
}
