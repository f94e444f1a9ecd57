import type { MailSettings } from "./checked-settings.ts";
import { sha256Hex } from "../core/sha256.ts";
import type { MailValues } from "./requests.ts";
import { MailSettingsStore, type MailTrouble } from "./settings-store.ts";
import { Outbox } from "./outbox.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Message } from "../../messages/message.ts";

/** Where the result mail stands. */
export interface MailStatus {
  /** What was set last; null when nothing was. */
  readonly draft: MailValues | null;
  /** Whether a test mail was sent with exactly the draft, its password included. */
  readonly isDraftTested: boolean;
  /** Whether that test showed that the server asks for no login: user name and password are not used. */
  readonly isLoginUnused: boolean;
  /** Whether the draft is what is confirmed, its password included. */
  readonly isDraftConfirmed: boolean;
  /** What mails are sent with; null until something was confirmed. */
  readonly confirmed: MailValues | null;
  readonly isOn: boolean;
}

/** A mail that waits, without its text. */
interface OutboxMail {
  readonly id: number;
  readonly createdAtMs: number;
  readonly subject: string;
  /** Tries so far. */
  readonly attemptCount: number;
  readonly nextAttemptAtMs: number;
  /** Why the last try failed, for people. */
  readonly lastReason: Message | null;
}

/** What waits to be sent (D14). */
export interface OutboxStatus {
  /** Oldest first. */
  readonly mails: readonly OutboxMail[];
  /** The last mail that did not reach everybody, until one did. */
  readonly trouble: MailTrouble | null;
}

/** What is written down about the result mail (F36), to be looked at; holds no secret. */
export class MailRecords {
  readonly #settings: MailSettingsStore;
  readonly #outbox: Outbox;

  constructor(database: StateDatabase) {
    this.#settings = new MailSettingsStore(database);
    this.#outbox = new Outbox(database);
  }

  /** The settings, without the password, and how far the draft has got. */
  settings(): MailStatus {
    const draft = this.#settings.draft();
    const confirmed = this.#settings.confirmed();
    const fingerprint = draft === undefined ? undefined : mailFingerprint(draft);
    const isDraftTested = fingerprint === this.#settings.testedFingerprint();
    return {
      draft: draft === undefined ? null : valuesOf(draft),
      isDraftTested,
      isLoginUnused: isDraftTested && this.#settings.isLoginUnused(),
      isDraftConfirmed: confirmed !== undefined && fingerprint === mailFingerprint(confirmed),
      confirmed: confirmed === undefined ? null : valuesOf(confirmed),
      isOn: this.#settings.isOn(),
    };
  }

  /** What waits to be sent. */
  outbox(): OutboxStatus {
    const mails = this.#outbox
      .list()
      .map(({ id, createdAtMs, subject, attemptCount, nextAttemptAtMs, lastReason }) => ({
        id,
        createdAtMs,
        subject,
        attemptCount,
        nextAttemptAtMs,
        lastReason,
      }));
    return { mails, trouble: this.#settings.trouble() };
  }
}

/** Stands for the settings as a whole, and does not give the password away. */
export function mailFingerprint({ server, from, to }: MailSettings): string {
  const { host, port, user, password, secure, tlsMode } = server;
  const given = tlsMode === undefined ? [] : [tlsMode];
  const whole = JSON.stringify([host, port, user, password, secure, from, to, ...given]);
  return sha256Hex(new TextEncoder().encode(whole));
}

function valuesOf({ server, from, to }: MailSettings): MailValues {
  const { host, port, user, secure, tlsMode } = server;
  return { host, port, user, secure, from, to, ...(tlsMode && { tlsMode }) };
}
