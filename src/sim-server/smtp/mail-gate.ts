import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";

import { SMTPServer } from "smtp-server";

import { SimSocket } from "../network/sim-socket.ts";
import { acceptTls, asSystemSocket, passHandshake } from "./handshake.ts";
import { passStage, type MailContext } from "./mail-context.ts";
import { MailDialogue } from "./mail-dialogue.ts";
import { MailLink, type MailSocket } from "./mail-link.ts";

/** How a port of the mail server behaves. */
export interface MailGateSettings {
  /** `plain`: no TLS; `starttls`: begins plain and offers TLS; `tls`: TLS from the first byte. */
  readonly security: "plain" | "starttls" | "tls";
  /** Whether mails are taken from nobody else but users. Default false. */
  readonly authRequired?: boolean;
  /** Whether passwords are taken without TLS where TLS can be had. Default true. */
  readonly insecureAuth?: boolean;
}

/** A port that listens on the machine. */
export interface ListeningGate {
  readonly port: number;
  /** Stops listening and breaks every connection off. */
  close(): Promise<void>;
}

/** Milliseconds of silence after which the server gives a client up; RFC 5321 section 4.5.3.2.7. */
const IDLE_TIMEOUT_MS = 300_000;

/** Connections of a port at a time; further ones are closed at once, since each takes memory and a descriptor. */
const CONNECTION_COUNT_MAX = 1_000;

/** One port of the mail server, or as many as behave alike. */
export class MailGate {
  readonly #context: MailContext;
  readonly #settings: MailGateSettings;
  readonly #nextNumber: () => number;
  #server: SMTPServer | undefined;
  readonly #dialogues = new Map<string, MailDialogue>();

  /** `nextNumber` counts the connections of all gates. */
  constructor(context: MailContext, settings: MailGateSettings, nextNumber: () => number) {
    this.#context = context;
    this.#settings = settings;
    this.#nextNumber = nextNumber;
  }

  /** Takes a connection over: of the system, or in memory. */
  accept(socket: MailSocket): void {
    const { security } = this.#settings;
    const link = new MailLink(this.#nextNumber(), socket);
    this.#context.tell({ connection: link.number, kind: "connected", detail: security });
    const stall = (): void => {
      link.fallSilent();
      socket.resume();
    };
    const actions = { reply: () => link.reset(), stall };
    passStage(this.#context, link, { stage: "connect" }, actions, () => {
      if (!socket.destroyed) this.#begin(link);
    });
  }

  /** Listens on the machine. Rejects with Node's own error when the port cannot be had. */
  async listen(port: number, host: string): Promise<ListeningGate> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      this.accept(socket);
    });
    server.maxConnections = CONNECTION_COUNT_MAX;
    server.listen(port, host);
    await once(server, "listening");
    return {
      port: (server.address() as AddressInfo).port,
      close: async () => {
        const closed = once(server, "close");
        server.close();
        for (const socket of sockets) socket.destroy();
        await closed;
      },
    };
  }

  #begin(link: MailLink): void {
    const context = this.#context;
    if (this.#settings.security !== "tls") return this.#talk(link, asSystemSocket(link.socket));
    if (link.socket instanceof SimSocket && link.socket.encrypted) {
      // The network made the handshake an outcome: the bytes are plain and count as TLS.
      context.tell({ connection: link.number, kind: "tls", detail: "outcome" });
      return this.#talk(link, asSystemSocket(link.socket));
    }
    passHandshake(context, link, (secureContext) => {
      acceptTls(context, link, secureContext, (socket) => this.#talk(link, socket));
    });
  }

  #talk(link: MailLink, socket: Socket): void {
    // Made when it is needed: most worlds send no mail.
    this.#server ??= this.#createServer();
    const dialogue = new MailDialogue(this.#server, socket, this.#context, link);
    this.#dialogues.set(link.id, dialogue);
    // Told of already; without a listener it would end the process.
    dialogue.on("error", () => undefined);
    dialogue.init();
  }

  #createServer(): SMTPServer {
    const { security, authRequired = false, insecureAuth = true } = this.#settings;
    const { host, sizeBytesMax, recipientCountMax } = this.#context;
    const dialogueOf = ({ id }: { readonly id: string }): MailDialogue => {
      const dialogue = this.#dialogues.get(id);
      if (dialogue === undefined) throw new Error(`there is no dialogue ${id}`);
      return dialogue;
    };
    return new SMTPServer({
      name: host,
      secure: security === "tls",
      disabledCommands: security === "plain" ? ["STARTTLS"] : [],
      size: sizeBytesMax,
      maxRecipients: recipientCountMax,
      authMethods: ["PLAIN", "LOGIN"],
      authOptional: !authRequired,
      allowInsecureAuth: insecureAuth,
      // Ten commands without AUTH would be 421; a test may send more.
      maxAllowedUnauthenticatedCommands: false,
      disableReverseLookup: true,
      socketTimeout: IDLE_TIMEOUT_MS,
      logger: false,
      onConnect: (session, callback) => dialogueOf(session).greet(callback),
      // Of a TLS port it is told when the handshake is done, which is before the greeting.
      ...(security === "tls"
        ? {}
        : { onSecure: (_socket, session, callback) => dialogueOf(session).secured(callback) }),
      onAuth: ({ username = "", password }, session, callback) =>
        dialogueOf(session).authenticate(username, password ?? "", callback),
      onMailFrom: ({ address }, session, callback) =>
        dialogueOf(session).takeSender(address, callback),
      onRcptTo: ({ address }, session, callback) =>
        dialogueOf(session).takeRecipient(address, callback),
      onData: (stream, session, callback) => dialogueOf(session).takeMessage(stream, callback),
      onClose: ({ id }) => {
        this.#dialogues.get(id)?.leave();
        this.#dialogues.delete(id);
      },
    });
  }
}
