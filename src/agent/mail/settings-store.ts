import type { MailSettings } from "./checked-settings.ts";
import { addressList } from "./address-list.ts";
import type { MailTlsMode } from "../ports/mailer.ts";
import type { Redactor } from "../../messages/redactor.ts";
import { RowReader } from "../state/row.ts";
import { damagedState } from "../state/state-error.ts";
import { message } from "../../messages/message.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Message } from "../../messages/message.ts";
import { readMessage, storedMessage } from "../state/stored-message.ts";

/** A mail that did not go out. Holds no secret. */
export interface MailTrouble {
  readonly atMs: number;
  /** For people. */
  readonly reason: Message;
}

type Role = "draft" | "confirmed";

/**
 * The settings of the result mail (F36): what was set last (the draft), what mails are sent with
 * (the confirmed ones), and the switch. The password is a secret (I10): the rows of the table are
 * its only place. Whether a draft may be confirmed is its caller's decision.
 */
export class MailSettingsStore {
  readonly #database: StateDatabase;
  readonly #redactor: Redactor | undefined;

  /** `redactor` learns each password that passes. */
  constructor(database: StateDatabase, redactor?: Redactor) {
    this.#database = database;
    this.#redactor = redactor;
  }

  draft(): MailSettings | undefined {
    return this.#read("draft");
  }

  /** Replaces the draft; what is confirmed stays in force. */
  writeDraft(settings: MailSettings): void {
    this.#database.transaction("acknowledged", () => this.#write("draft", settings));
  }

  /** Which settings passed a test mail last. */
  testedFingerprint(): string | null {
    return this.#state().textOrNull("tested_fingerprint");
  }

  /** Whether the test mail that was taken last went out without the login, since the server asks for none. */
  isLoginUnused(): boolean {
    return this.#state().number("is_login_unused") === 1;
  }

  noteTested(fingerprint: string, isLoginUnused: boolean): void {
    this.#database.transaction("acknowledged", () => {
      this.#database.run(
        "UPDATE mail_state SET tested_fingerprint = ?, is_login_unused = ?",
        fingerprint,
        isLoginUnused ? 1 : 0,
      );
    });
  }

  confirmed(): MailSettings | undefined {
    return this.#read("confirmed");
  }

  /** Puts settings in force; the first ones also switch the result mail on. */
  confirm(settings: MailSettings): void {
    this.#database.transaction("acknowledged", () => {
      if (this.#read("confirmed") === undefined) this.setOn(true);
      this.#write("confirmed", settings);
    });
  }

  isOn(): boolean {
    return this.#state().number("is_on") === 1;
  }

  /** Belongs inside a transaction. */
  setOn(isOn: boolean): void {
    this.#database.run("UPDATE mail_state SET is_on = ?", isOn ? 1 : 0);
  }

  /** The last mail that did not go out, if none did since. */
  trouble(): MailTrouble | null {
    const state = this.#state();
    const atMs = state.numberOrNull("failed_at_ms");
    const reason = readMessage(state.textOrNull("failed_reason"));
    return atMs === null || reason === null ? null : { atMs, reason };
  }

  /** Remembers a mail that did not go out, or with `null` that one did. Belongs inside a transaction. */
  noteTrouble(trouble: MailTrouble | null): void {
    this.#database.run(
      "UPDATE mail_state SET failed_at_ms = ?, failed_reason = ?",
      trouble?.atMs ?? null,
      storedMessage(trouble?.reason ?? null),
    );
  }

  #state(): RowReader {
    const row = this.#database.get("SELECT * FROM mail_state");
    if (row === undefined) throw damagedState(message("state.no-row"));
    return new RowReader(row);
  }

  #read(role: Role): MailSettings | undefined {
    const row = this.#database.get("SELECT * FROM mail_settings WHERE role = ?", role);
    if (row === undefined) return undefined;
    const reader = new RowReader(row);
    this.#redactor?.learn(reader.text("password"));
    const tlsMode = reader.textOrNull("tls_mode");
    return {
      server: {
        host: reader.text("host"),
        port: reader.number("port"),
        user: reader.text("user"),
        password: reader.text("password"),
        secure: reader.number("secure") === 1,
        ...(tlsMode !== null && { tlsMode: tlsMode as MailTlsMode }),
      },
      from: reader.text("sender"),
      to: addressList(reader, "recipients"),
    };
  }

  #write(role: Role, { server, from, to }: MailSettings): void {
    this.#redactor?.learn(server.password);
    this.#database.run(
      `INSERT OR REPLACE INTO mail_settings
         (role, host, port, user, password, secure, tls_mode, sender, recipients)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      role,
      server.host,
      server.port,
      server.user,
      server.password,
      server.secure ? 1 : 0,
      server.tlsMode ?? null,
      from,
      JSON.stringify(to),
    );
  }
}
