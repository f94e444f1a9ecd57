import type { Socket } from "node:net";

import type { SimSocket } from "../network/sim-socket.ts";

/** A socket that carries SMTP: of the system, or in memory. */
export type MailSocket = Socket | SimSocket;

/** One connection to the mail server, below TLS and SMTP. */
export class MailLink {
  /** Counted from 1. */
  readonly number: number;
  readonly socket: MailSocket;
  #silent = false;

  constructor(number: number, socket: MailSocket) {
    this.number = number;
    this.socket = socket;
    socket.on("error", () => undefined);
  }

  /** The session's id. Given out by counting, since it may show in answers and logs. */
  get id(): string {
    return `smtp-${this.number}`;
  }

  /** Whether the server says nothing any more on it. */
  get isSilent(): boolean {
    return this.#silent;
  }

  /** The server says nothing any more; the client may leave. */
  fallSilent(): void {
    this.#silent = true;
    this.socket.setTimeout(0);
  }

  /** Breaks the connection off: the client sees ECONNRESET. */
  reset(): void {
    this.socket.resetAndDestroy();
  }
}
