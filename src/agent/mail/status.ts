import type { MailSettings } from "./checked-settings.ts";
import { sha256Hex } from "../core/sha256.ts";
import type { MailStatus, MailValues, OutboxStatus } from "./mail-api.ts";
import { MailSettingsStore } from "./settings-store.ts";
import { Outbox } from "./outbox.ts";
import type { StateDatabase } from "../state/state-database.ts";

/** What is written down about the result mail (F36), to be looked at; holds no secret. */
export class MailRecords {
  readonly #settings: MailSettingsStore;
  readonly #outbox: Outbox;

  constructor(database: StateDatabase) {
    this.#settings = new MailSettingsStore(database);
    this.#outbox = new Outbox(database);
  }

  mailSettings(): MailStatus {
    const draft = this.#settings.draft();
    const confirmed = this.#settings.confirmed();
    const fingerprint = draft === undefined ? undefined : mailFingerprint(draft);
    return {
      draft: draft === undefined ? null : valuesOf(draft),
      isDraftTested: fingerprint === this.#settings.testedFingerprint(),
      isDraftConfirmed: confirmed !== undefined && fingerprint === mailFingerprint(confirmed),
      confirmed: confirmed === undefined ? null : valuesOf(confirmed),
      isOn: this.#settings.isOn(),
    };
  }

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
  const { host, port, user, password, secure } = server;
  const whole = JSON.stringify([host, port, user, password, secure, from, to]);
  return sha256Hex(new TextEncoder().encode(whole));
}

function valuesOf({ server, from, to }: MailSettings): MailValues {
  const { host, port, user, secure } = server;
  return { host, port, user, secure, from, to };
}
