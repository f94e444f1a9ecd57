import type { SqlRow } from "../ports/database.ts";
import { addressList } from "./address-list.ts";
import { RowReader } from "../state/row.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Message } from "../../messages/message.ts";
import { readMessage, storedMessage } from "../state/stored-message.ts";

/** A mail to be sent. Server, sender and recipients are those in force when it is tried. */
export interface NewMail {
  readonly messageId: string;
  readonly createdAtMs: number;
  readonly subject: string;
  readonly text: string;
}

/** A mail that waits. */
export interface WaitingMail extends NewMail {
  readonly id: number;
  /** Recipients who have it, or were refused for good: never to be tried again. */
  readonly settledRecipients: readonly string[];
  /** Tries that were begun. */
  readonly attemptCount: number;
  /** By the wall clock; it counts only where no process remembers better. */
  readonly nextAttemptAtMs: number;
  /** Why the last try failed, for people; null when there was none. */
  readonly lastReason: Message | null;
}

function toWaitingMail(row: SqlRow): WaitingMail {
  const reader = new RowReader(row);
  return {
    id: reader.number("id"),
    messageId: reader.text("message_id"),
    createdAtMs: reader.number("created_at_ms"),
    subject: reader.text("subject"),
    text: reader.text("text"),
    settledRecipients: addressList(reader, "settled_recipients"),
    attemptCount: reader.number("attempt_count"),
    nextAttemptAtMs: reader.number("next_attempt_at_ms"),
    lastReason: readMessage(reader.textOrNull("last_reason")),
  };
}

/**
 * Mails until they are sent or given up (D14). Methods that write belong inside a transaction, so
 * that a mail comes into being together with what it tells.
 */
export class Outbox {
  readonly #database: StateDatabase;

  constructor(database: StateDatabase) {
    this.#database = database;
  }

  /** Adds a mail that is due at once. */
  enqueue(mail: NewMail): void {
    this.#database.run(
      `INSERT INTO outbox (message_id, created_at_ms, subject, text, next_attempt_at_ms)
       VALUES (?, ?, ?, ?, ?)`,
      mail.messageId,
      mail.createdAtMs,
      mail.subject,
      mail.text,
      mail.createdAtMs,
    );
  }

  /** Oldest first. */
  list(): readonly WaitingMail[] {
    return this.#database.all("SELECT * FROM outbox ORDER BY id").map((row) => toWaitingMail(row));
  }

  /** Whether a mail still waits. */
  has(id: number): boolean {
    return this.#database.get("SELECT 1 FROM outbox WHERE id = ?", id) !== undefined;
  }

  /** Counts a try and says when the next one is due, should this one fail or never end. */
  noteAttempt(id: number, nextAttemptAtMs: number): void {
    this.#database.run(
      "UPDATE outbox SET attempt_count = attempt_count + 1, next_attempt_at_ms = ? WHERE id = ?",
      nextAttemptAtMs,
      id,
    );
  }

  /** Notes what a try came to: why it failed, and who needs no further one. */
  noteFailure(id: number, reason: Message, settledRecipients: readonly string[]): void {
    this.#database.run(
      "UPDATE outbox SET last_reason = ?, settled_recipients = ? WHERE id = ?",
      storedMessage(reason),
      JSON.stringify(settledRecipients),
      id,
    );
  }

  remove(id: number): void {
    this.#database.run("DELETE FROM outbox WHERE id = ?", id);
  }

  /** Throws away all that waits; returns how many mails that were. */
  clear(): number {
    return this.#database.run("DELETE FROM outbox").changes;
  }
}
