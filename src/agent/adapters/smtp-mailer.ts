import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

import {
  createTransport,
  type SMTPSentMessageInfo,
  type SMTPTransportOptions,
  type SendMailOptions,
  type Transporter,
} from "nodemailer";

import type { Clock } from "../ports/clock.ts";
import type { Dialer } from "../ports/dialer.ts";
import type { Mail, MailResult, MailServer, Mailer, RefusedRecipient } from "../ports/mailer.ts";
import { smtpFailure, type SmtpErrorFacts } from "./smtp-failure.ts";
import { trustSystemRoots } from "./trust-system-roots.ts";
import { message } from "../../messages/message.ts";

/** What `SmtpMailer` is made of. */
export interface SmtpMailerOptions {
  readonly dialer: Dialer;
  readonly clock: Clock;
  /** Time limits. */
  readonly tuning: {
    /** From dialling until the server has greeted; STARTTLS falls into the same time. */
    readonly mailGreetingMsMax: number;
    /** How long the server may be silent. */
    readonly mailSilenceMsMax: number;
    /** How long one exchange may take as a whole. */
    readonly mailExchangeMsMax: number;
  };
}

/** The port on which TLS begins with the first byte (RFC 8314). */
const IMPLICIT_TLS_PORT = 465;

/** What is said in EHLO: the same from every PC, so that nothing of its network is told. */
const CLIENT_NAME = "[127.0.0.1]";

/**
 * Sends mails over SMTP (F36), on connections of the dialer. TLS from the first byte is
 * spoken by the dialer, STARTTLS inside the stream; both verify the certificate against the roots of
 * Node, of the operating system and of `NODE_EXTRA_CA_CERTS`.
 */
export class SmtpMailer implements Mailer {
  readonly #options: SmtpMailerOptions;

  constructor(options: SmtpMailerOptions) {
    this.#options = options;
  }

  async send(server: MailServer, mail: Mail, stop?: AbortSignal): Promise<MailResult> {
    const { clock, tuning } = this.#options;
    const overdue = new AbortController();
    const cancelTimer = clock.setTimer(tuning.mailExchangeMsMax, () => overdue.abort());
    const signal = stop === undefined ? overdue.signal : AbortSignal.any([stop, overdue.signal]);
    const recipients = mail.only ?? mail.to;
    let socket: Duplex | undefined;
    const dial = (): Duplex => (socket = this.#dial(server));
    try {
      const login = { wasUsed: false };
      const sent = await transportTo(server, { tuning, dial, login }).sendMail({
        ...messageOf(mail),
        envelope: { from: mail.from, to: [...recipients] },
        signal,
      });
      const errors = sent.rejectedErrors ?? [];
      const refused = errors.map((error): RefusedRecipient => {
        // The library spells addresses its own way, in the order in which they were given.
        const index = sent.envelope.to.indexOf(error.recipient ?? "");
        return { ...smtpFailure(error), address: recipients[index] ?? "" };
      });
      return {
        kind: "sent",
        ...(refused.length > 0 && { refused }),
        ...(server.user !== "" && !login.wasUsed && { isLoginUnused: true }),
      };
    } catch (error) {
      const facts: SmtpErrorFacts = error instanceof Error ? (error as SmtpErrorFacts) : {};
      const refused = refusedEach(error, recipients);
      if (new Set(refused.map(({ kind }) => kind)).size > 1) return { kind: "refused", refused };
      const failure = smtpFailure(facts);
      const isMute = facts.command === "CONN" && facts.responseCode === undefined;
      if (!isMute || !server.secure || isTlsImplicit(server)) return failure;
      // A server that speaks TLS from the first byte never greets somebody who waits for STARTTLS.
      return { ...failure, reason: message("mail.starttls-hint", { why: failure.reason }) };
    } finally {
      cancelTimer();
      if (signal.aborted) socket?.destroy();
    }
  }

  #dial(server: MailServer): Duplex {
    const { host, port } = server;
    return this.#options.dialer.dial({ host, port, secure: isTlsImplicit(server) });
  }
}

/** What the library adds to its error where every recipient was refused. */
type RefusalError = Pick<SMTPSentMessageInfo, "rejectedErrors">;

/** What was said to each recipient where all were refused; nothing of any other error. The library repeats one reply only. */
function refusedEach(error: unknown, recipients: readonly string[]): RefusedRecipient[] {
  const { rejectedErrors = [] } = error instanceof Error ? (error as RefusalError) : {};
  return rejectedErrors.map((each, at) => ({
    ...smtpFailure(each),
    address: recipients[at] ?? "",
  }));
}

/** Whether TLS begins with the first byte: as it is set, else by the port. */
function isTlsImplicit({ secure, port, tlsMode }: MailServer): boolean {
  if (!secure) return false;
  return tlsMode === undefined ? port === IMPLICIT_TLS_PORT : tlsMode === "implicit";
}

interface TransportOptions {
  readonly tuning: SmtpMailerOptions["tuning"];
  readonly dial: () => Duplex;
  /** Told when the server has taken user name and password. */
  readonly login: { wasUsed: boolean };
}

function transportTo(
  server: MailServer,
  { tuning, dial, login }: TransportOptions,
): Transporter<SMTPSentMessageInfo, SMTPTransportOptions> {
  const { host, port, user, password, secure } = server;
  const isImplicit = isTlsImplicit(server);
  if (secure) trustSystemRoots();
  return createTransport({
    host,
    port,
    secure: isImplicit,
    requireTLS: secure && !isImplicit,
    ignoreTLS: !secure,
    tls: { rejectUnauthorized: true },
    ...(user === "" ? {} : { auth: { user, pass: password } }),
    name: CLIENT_NAME,
    connectionTimeout: tuning.mailGreetingMsMax,
    greetingTimeout: tuning.mailGreetingMsMax,
    socketTimeout: tuning.mailSilenceMsMax,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: loginWatcher(login),
    getSocket: (_options, callback) => {
      // Whatever the dialer gives has the methods of a socket that are used: writing, ending, a time
      // limit for silence. It may still be connecting, which delays what is written and no more.
      const connection = dial() as Socket;
      callback(null, { connection, secured: isImplicit });
    },
  });
}

/** The library tells only its log whether it logged in, which it does not where the server offers no AUTH. */
function loginWatcher(login: { wasUsed: boolean }): NonNullable<SMTPTransportOptions["logger"]> {
  const ignore = (): void => undefined;
  return {
    level: ignore,
    trace: ignore,
    debug: ignore,
    info: (entry: unknown) => {
      const { action } = entry as { readonly action?: unknown };
      if (action === "authenticated") login.wasUsed = true;
    },
    warn: ignore,
    error: ignore,
    fatal: ignore,
  };
}

/** The mail as the library builds it: one part of text, so that there is no boundary to choose. */
function messageOf(mail: Mail): SendMailOptions {
  return {
    messageId: mail.messageId,
    date: new Date(mail.dateMs),
    from: { name: "", address: mail.from },
    to: mail.to.map((address) => ({ name: "", address })),
    subject: mail.subject,
    text: mail.text,
    // Keeps lines short whatever the text holds, and Japanese half as long as quoted-printable.
    textEncoding: "base64",
    // Asks for no answer from absence notices (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
