import { globalTimers, type Timers } from "../kernel/timers.ts";
import { SmtpFaultPlan } from "./faults/smtp-fault-plan.ts";
import type { MailAccount } from "./mail-account.ts";
import type { MailContext } from "./mail-context.ts";
import type { MailEvent } from "./mail-event.ts";
import { MailGate, type MailGateSettings } from "./mail-gate.ts";
import type { MailSnapshot } from "./mail-snapshot.ts";
import { MailTls, type MailIdentity } from "./mail-tls.ts";
import { Mailbox } from "./mailbox.ts";

/** Time, who may log in, and what is too much. */
export interface MailServerOptions {
  /** Wall-clock milliseconds since 1970, UTC. */
  readonly clock: { nowMs(): number };
  /** Default: the global timers, virtual or not. */
  readonly timers?: Timers;
  /** The name in greetings. Default smtp.example. */
  readonly host?: string;
  /** Who may log in. Default: nobody. */
  readonly accounts?: readonly MailAccount[];
  /** Largest mail in bytes, advertised as SIZE. Default 10 MiB. */
  readonly sizeBytesMax?: number;
  /** Bytes that all mails together may take, with what was read of them; 452 beyond. Default 256 MiB. */
  readonly mailboxBytesMax?: number;
  /** Most recipients of one mail; 452 beyond. Default 100. */
  readonly recipientCountMax?: number;
  /** The key and certificate of TLS. Default: those of the fixtures. */
  readonly tls?: MailIdentity;
  /** Told what happens, in order. */
  readonly observe?: (event: MailEvent) => void;
}

/**
 * The customer's mail provider, simulated in memory: takes mails by SMTP, keeps every one whole and
 * delivers none. What it can do to a client: refuse as SMTP has it (no such user or password, size,
 * recipients, order of commands), and whatever is planned in `faults`. What a correct client must
 * survive: all of it, a mail that was taken without a word of it included. What it never does without a
 * planned fault: lose, change or double a mail it acknowledged. What it does not model: relaying,
 * bounces, greylisting, spam filters, addresses that do not exist (a fault at `rcpt` does), AUTH by
 * anything but PLAIN and LOGIN.
 */
export interface MailServer {
  readonly host: string;
  /** A port that behaves as `settings` say: for `accept(socket)` or `listen(port, host)`. */
  gate(settings: MailGateSettings): MailGate;
  /** Every mail that was taken. */
  readonly mailbox: Mailbox;
  /** Planned faults. */
  readonly faults: SmtpFaultPlan;
  readonly accounts: readonly MailAccount[];
  /** Errors of the server itself; empty as long as it is right. At most the last 100. */
  readonly internalErrors: readonly unknown[];
  /** All mails, as plain JSON. */
  snapshot(): MailSnapshot;
  /** Puts the mailbox into the state of a snapshot; throws and changes nothing when it is none. */
  restore(snapshot: unknown): void;
  /** Back to the beginning: no mails, no faults. Connections stay. */
  reset(): void;
}

const INTERNAL_ERROR_COUNT_MAX = 100;

/** Creates a mail server. Cheap: it listens nowhere by itself. */
export function createMailServer(options: MailServerOptions): MailServer {
  const { clock, timers = globalTimers, host = "smtp.example", accounts = [] } = options;
  const mailbox = new Mailbox(timers, options.mailboxBytesMax ?? 256 * 2 ** 20);
  const faults = new SmtpFaultPlan();
  const internalErrors: unknown[] = [];
  let connectionCount = 0;
  const context: MailContext = {
    host,
    nowMs: () => clock.nowMs(),
    timers,
    faults,
    mailbox,
    tls: new MailTls(options.tls),
    passwords: new Map(accounts.map(({ user, password }) => [user, password])),
    sizeBytesMax: options.sizeBytesMax ?? 10 * 2 ** 20,
    recipientCountMax: options.recipientCountMax ?? 100,
    tell: options.observe ?? (() => undefined),
    onInternalError: (error) => {
      if (internalErrors.push(error) > INTERNAL_ERROR_COUNT_MAX) internalErrors.shift();
    },
  };
  return {
    host,
    gate: (settings) => new MailGate(context, settings, () => (connectionCount += 1)),
    mailbox,
    faults,
    accounts,
    internalErrors,
    snapshot: () => mailbox.snapshot(),
    restore: (snapshot) => mailbox.restore(snapshot),
    reset: () => {
      mailbox.reset();
      faults.clear();
      internalErrors.length = 0;
    },
  };
}
