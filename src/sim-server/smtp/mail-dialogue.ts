import type { Socket } from "node:net";

import type { SMTPServer, SMTPServerDataStream, SMTPServerError } from "smtp-server";
import { SMTPConnection } from "smtp-server/lib/smtp-connection.js";

import { SimSocket } from "../network/sim-socket.ts";
import { digest } from "../kernel/digest.ts";
import type { DueFault } from "../faults/fault-plan.ts";
import type { SmtpFault, SmtpStage } from "../faults/smtp-fault.ts";
import { LeadingDotFilter } from "./leading-dot-filter.ts";
import { strikeFaults } from "./faults/strike-faults.ts";
import { asSystemSocket, passHandshake } from "./handshake.ts";
import {
  passStage,
  strikeStage,
  tellFault,
  type DialogueActions,
  type MailContext,
} from "./mail-context.ts";
import type { MailEvent } from "./mail-event.ts";
import type { MailLink } from "./mail-link.ts";
import { receiveMessage, type ReceivedMessage } from "./receive-message.ts";

/** What a hook of smtp-server is called back with. */
type Callback = (error?: Error | null) => void;

/**
 * One client's dialogue. smtp-server speaks the protocol; here are the faults, which it has no hooks
 * for at every stage, and where an accepted mail goes. What its hooks are asked for comes in by the
 * methods named like them.
 */
export class MailDialogue extends SMTPConnection {
  readonly #context: MailContext;
  readonly #link: MailLink;
  #isFiltering = false;

  constructor(server: SMTPServer, socket: Socket, context: MailContext, link: MailLink) {
    super(server, socket, { id: link.id });
    // smtp-server replaces a recipient by one that differs in case alone, which is another mailbox to
    // its host (RFC 5321 section 2.4). In an index that forgets at once, it finds none to replace.
    Object.defineProperty(this, "_rcptIndex", {
      get: () => new Map(),
      set: () => {
        // smtp-server begins a new one with each mail.
      },
    });
    this.#context = context;
    this.#link = link;
  }

  /** Before the greeting. */
  greet(callback: Callback): void {
    const { faults } = this.#context;
    const due = faults.due({ stage: "greeting" });
    for (const { fault, strike } of due) {
      if (fault.kind !== "no-starttls") continue;
      strike();
      tellFault(this.#context, this.#link, "greeting", fault.kind);
      this.session.disabledCommands = ["STARTTLS"];
    }
    strikeStage(this.#context, this.#link, "greeting", due, this.#actions(callback), callback);
  }

  /** The handshake behind STARTTLS is done. */
  secured(callback: Callback): void {
    this.#tell("tls", "handshake");
    callback();
  }

  /** A user and a password have come; `callback` with the user when they are right. */
  authenticate(
    user: string,
    password: string,
    callback: (error: Error | null, accepted?: { user: string }) => void,
  ): void {
    this.#pass("auth", [], callback, () => {
      const isRight = this.#context.passwords.get(user) === password && password !== "";
      this.#tell("auth", `${user} ${isRight ? "accepted" : "refused"}`);
      if (isRight) callback(null, { user });
      else callback(refusal(535, "Authentication credentials invalid"));
    });
  }

  /** MAIL has come and is in order. */
  takeSender(address: string, callback: Callback): void {
    this.#pass("mail", [], callback, () => {
      this.#tell("mail", address);
      callback();
    });
  }

  /** RCPT has come and is in order. */
  takeRecipient(address: string, callback: Callback): void {
    this.#pass("rcpt", [address], callback, () => {
      this.#tell("rcpt", address);
      const { rcptTo } = this.session.envelope;
      const known = rcptTo.findIndex((each) => isSameMailbox(each.address, address));
      if (known !== -1) rcptTo.splice(known, 1);
      callback();
    });
  }

  /** The content comes; `callback` with what is said at its end. */
  takeMessage(
    stream: SMTPServerDataStream,
    callback: (error: Error | null, answer?: string) => void,
  ): void {
    const recipients = this.#recipients();
    const { faults, mailbox } = this.#context;
    const due = faults.due({ stage: "message", recipients });
    const take = async (): Promise<void> => {
      try {
        const message = await receiveMessage(stream, mailbox, due, (struck) =>
          this.#interrupt(struck),
        );
        this.#finishMessage(message, recipients, callback);
      } catch (error) {
        // The client left in the middle; its dialogue is over.
        if (error instanceof Error && "code" in error && error.code === "ECONNECTION") return;
        this.#context.onInternalError(error);
        callback(refusal(451, "Error: internal server error"));
      }
    };
    void take();
  }

  /** The connection is closed. */
  leave(): void {
    this.#tell("closed", "");
  }

  override handler_STARTTLS(command: Buffer, callback: () => void): void {
    const goOn = (): void => super.handler_STARTTLS(command, callback);
    this.#pass("starttls", [], (error) => this.#refuse(error, callback), goOn);
  }

  override handler_MAIL(command: Buffer, callback: () => void): void {
    if (!this.#refuseUnknown("mail from", command, callback)) super.handler_MAIL(command, callback);
  }

  override handler_RCPT(command: Buffer, callback: () => void): void {
    if (!this.#refuseUnknown("rcpt to", command, callback)) super.handler_RCPT(command, callback);
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    const recipients = this.#recipients();
    if (recipients.length === 0) return super.handler_DATA(command, callback);
    const goOn = (): void => {
      this.#deleteLeadingDots();
      super.handler_DATA(command, callback);
    };
    this.#pass("data", recipients, (error) => this.#refuse(error, callback), goOn);
  }

  override upgrade(callback: () => void, secureCallback?: () => void): void {
    // Whatever comes from now on is TLS and not the parser's.
    const { _parser: parser, _socket: socket } = this;
    if (parser !== false) socket.unpipe(parser);
    socket.pause();
    passHandshake(this.#context, this.#link, (secureContext) => {
      if (this._parser === false) return;
      // smtp-server takes the certificate from its server object while the call below lasts.
      const server = this._server;
      this._server = Object.create(server, {
        secureContext: { value: new Map([["*", secureContext]]) },
      }) as SMTPServer;
      try {
        super.upgrade(callback, secureCallback);
      } finally {
        this._server = server;
      }
    });
  }

  override _armTimeout(socket: Socket = this._socket): void {
    const wire = this.#link.socket;
    // A TLS socket has timers of its own on the machine's time; the one below it has the world's.
    if (!(wire instanceof SimSocket)) return super._armTimeout(socket);
    super._armTimeout(asSystemSocket(wire));
  }

  override _onTimeout(): void {
    if (!this.#link.isSilent) super._onTimeout();
  }

  override _onError(error: NodeJS.ErrnoException): void {
    this.#tell(this._upgrading ? "tls-failed" : "error", error.code ?? "");
    super._onError(error);
  }

  /** Refuses parameters that no extension on offer has (RFC 5321 section 4.1.1.11); whether it did. */
  #refuseUnknown(
    name: keyof typeof KNOWN_PARAMETERS,
    command: Buffer,
    callback: () => void,
  ): boolean {
    const parsed = this._parseAddressCommand(name, command);
    const given = parsed === false || parsed.args === false ? [] : Object.keys(parsed.args ?? {});
    const unknown = given.find((each) => !KNOWN_PARAMETERS[name].includes(each));
    if (unknown === undefined) return false;
    this.send(555, `Error: parameter ${printable(unknown)} is not known`);
    callback();
    return true;
  }

  /** Lets the content of the next mail pass a `LeadingDotFilter` on its way to the parser. */
  #deleteLeadingDots(): void {
    const parser = this._parser;
    if (parser === false || this.#isFiltering) return;
    const filter = new LeadingDotFilter();
    const write = parser._write.bind(parser);
    this.#isFiltering = true;
    parser._write = (chunk, encoding, next) => {
      const passed = parser._dataMode ? filter.pass(chunk) : chunk;
      if (filter.isOver) {
        parser._write = write;
        this.#isFiltering = false;
      }
      write(passed, encoding, next);
    };
  }

  #finishMessage(
    { raw, sizeBytes }: ReceivedMessage,
    recipients: readonly string[],
    callback: (error: Error | null, answer?: string) => void,
  ): void {
    const { sizeBytesMax, faults } = this.#context;
    if (raw === "too-large") {
      this.#tell("refused", `552 ${sizeBytes}`);
      callback(refusal(552, `Error: message exceeds fixed maximum message size ${sizeBytesMax}`));
      return;
    }
    const refuseForRoom = (): void => {
      this.#tell("refused", `452 ${sizeBytes}`);
      callback(refusal(452, "Error: insufficient system storage"));
    };
    if (raw === "no-room") return refuseForRoom();
    const due = faults.due({ stage: "end-of-data", recipients });
    const isCommittedAnyway = due.some(
      ({ fault }) => "committed" in fault && fault.committed === true,
    );
    let id = isCommittedAnyway ? this.#store(raw, recipients) : undefined;
    strikeStage(this.#context, this.#link, "end-of-data", due, this.#actions(callback), () => {
      id ??= this.#store(raw, recipients);
      if (id === undefined) refuseForRoom();
      else callback(null, `OK: queued as ${id}`);
    });
  }

  /** Faults strike while the content is on its way; whether it goes on. */
  #interrupt(due: readonly DueFault<SmtpFault>[]): Promise<boolean> {
    return strikeFaults(due, this.#context.timers, {
      // Nobody waits for an answer yet: it is said, and the connection ends.
      reply: (code, text) => {
        this.send(code, text);
        this.close();
      },
      stall: () => this.#stall(),
      reset: () => this.#link.reset(),
      tell: (kind) => tellFault(this.#context, this.#link, "message", kind),
    });
  }

  #pass(
    stage: SmtpStage,
    recipients: readonly string[],
    callback: (error: SMTPServerError) => void,
    goOn: () => void,
  ): void {
    passStage(this.#context, this.#link, { stage, recipients }, this.#actions(callback), goOn);
  }

  #actions(callback: (error: Error) => void): DialogueActions {
    return {
      reply: (code, text) => callback(refusal(code, text)),
      stall: () => this.#stall(),
    };
  }

  /** What the client still sends is thrown away, so that its leaving is noticed. */
  #stall(): void {
    this.#link.fallSilent();
    if (this._parser !== false) this._socket.unpipe(this._parser);
    this._socket.resume();
  }

  #refuse(error: SMTPServerError, callback: () => void): void {
    this.send(error.responseCode ?? 451, error.message);
    callback();
  }

  #recipients(): string[] {
    return this.session.envelope.rcptTo.map(({ address }) => address);
  }

  #tell(kind: MailEvent["kind"], detail: string): void {
    this.#context.tell({ connection: this.#link.number, kind, detail });
  }

  /** Puts a mail into the mailbox; `undefined` when there is no room. */
  #store(raw: Buffer, recipients: readonly string[]): string | undefined {
    const { mailbox, nowMs } = this.#context;
    const { envelope, hostNameAppearsAs, user } = this.session;
    const stored = mailbox.add({
      receivedAtMs: nowMs(),
      from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
      recipients,
      clientName: hostNameAppearsAs,
      tls: this.secure,
      user: typeof user === "string" ? user : null,
      raw,
    });
    if (stored === undefined) return undefined;
    const { id } = stored;
    this.#tell("stored", `${id} ${raw.length} ${digest(raw)}`);
    return id;
  }
}

/** The parameters of the extensions that smtp-server offers: SIZE, 8BITMIME, SMTPUTF8, DSN, REQUIRETLS. */
const KNOWN_PARAMETERS = {
  "mail from": ["SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "REQUIRETLS"],
  "rcpt to": ["NOTIFY", "ORCPT"],
} satisfies Record<string, readonly string[]>;

/** A word of a client as an answer may repeat it. */
function printable(word: string): string {
  return word.replace(/[^!-~]/g, "?").slice(0, 100);
}

/** Whether two addresses are one: the host's name counts in any case, what stands before it does not. */
function isSameMailbox(one: string, other: string): boolean {
  return withLowerCaseHost(one) === withLowerCaseHost(other);
}

function withLowerCaseHost(address: string): string {
  const at = address.lastIndexOf("@");
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

/** An error that smtp-server answers with this code. */
function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
