import { ownBytes } from "../copies/own-bytes.ts";
import type { Timers } from "../kernel/timers.ts";
import { mailMatcher, type MailFilter } from "./mail-filter.ts";
import {
  mailSnapshotOf,
  mailSnapshotSchema,
  type MailboxContent,
  type MailRecord,
  type MailSnapshot,
} from "./mail-snapshot.ts";
import { READ_BYTES_MAX, readMail } from "./mime/read-mail.ts";
import type { Delivery, StoredMail } from "./stored-mail.ts";

/** What is waited for. */
export interface MailWait {
  readonly filter?: MailFilter;
  /** How many mails have to be there, those that are there already included. Default 1. */
  readonly count?: number;
  /** Milliseconds after which waiting ends without them. */
  readonly timeLimitMs: number;
  /** Ends waiting at once. */
  readonly signal?: AbortSignal;
}

interface NumberedMail extends StoredMail {
  readonly number: number;
}

/** Bytes that a mail takes beside what is in it. */
const MAIL_COST_BYTES = 600;

/** Bytes that a header takes beside its text. */
const HEADER_COST_BYTES = 100;

/** What is to be put back has no room. */
export class MailboxFullError extends Error {}

/**
 * Every mail the server took, oldest first, whoever it is for. It has an end: what is kept of all mails
 * takes at most `bytesMax`, those that are just coming in included.
 */
export class Mailbox {
  readonly #timers: Timers;
  readonly #bytesMax: number;
  readonly #watchers = new Set<() => void>();
  #mails: NumberedMail[] = [];
  #nextNumber = 1;
  #sizeBytes = 0;
  #arrivingBytes = 0;

  /** Default: no end. */
  constructor(timers: Timers, bytesMax: number = Number.POSITIVE_INFINITY) {
    this.#timers = timers;
    this.#bytesMax = bytesMax;
  }

  /** Puts a mail in; those who wait hear of it. `undefined` when there is no room for it. */
  add(delivery: Delivery): StoredMail | undefined {
    const mail = numbered(this.#nextNumber, { ...delivery, raw: ownBytes([delivery.raw]) });
    const sizeBytes = this.#sizeBytes + costOf(mail);
    if (sizeBytes > this.#bytesMax) return undefined;
    this.#sizeBytes = sizeBytes;
    this.#nextNumber += 1;
    this.#mails.push(mail);
    for (const look of this.#watchers) look();
    return mail;
  }

  /** Bytes that all mails take: content, what was read of it, envelope. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Takes room for bytes of a mail that is just coming in; `false`, taking none, when there is none. */
  reserve(byteCount: number): boolean {
    if (this.#sizeBytes + this.#arrivingBytes + byteCount > this.#bytesMax) return false;
    this.#arrivingBytes += byteCount;
    return true;
  }

  /** Gives it back: the mail is here, or will not be. */
  release(byteCount: number): void {
    this.#arrivingBytes -= byteCount;
  }

  /** The mails that fit, oldest first. */
  list(filter: MailFilter = {}): readonly StoredMail[] {
    return this.#mails.filter(mailMatcher(filter));
  }

  /** The mail of an id; `undefined` when there is none. */
  get(id: string): StoredMail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  /** How many mails fit. */
  count(filter: MailFilter = {}): number {
    return this.list(filter).length;
  }

  /** Throws all mails away; their numbers are not given again. */
  clear(): void {
    this.#mails = [];
    this.#sizeBytes = 0;
  }

  /** Takes one mail out; `false` when there is none of that id. */
  remove(id: string): boolean {
    const index = this.#mails.findIndex((mail) => mail.id === id);
    const [removed] = index === -1 ? [] : this.#mails.splice(index, 1);
    if (removed !== undefined) this.#sizeBytes -= costOf(removed);
    return removed !== undefined;
  }

  /**
   * Resolves with the mails that fit as soon as there are enough of them, or with those there are when
   * the time is over or the signal aborts. Never rejects.
   */
  waitFor(wait: MailWait): Promise<readonly StoredMail[]> {
    const { filter = {}, count = 1, timeLimitMs, signal } = wait;
    return new Promise((resolve) => {
      const finish = (): void => {
        this.#watchers.delete(look);
        cancelTimer();
        signal?.removeEventListener("abort", finish);
        resolve(this.list(filter));
      };
      const look = (): void => {
        if (this.count(filter) >= count) finish();
      };
      const cancelTimer = this.#timers.setTimer(timeLimitMs, finish);
      this.#watchers.add(look);
      signal?.addEventListener("abort", finish);
      if (signal?.aborted === true) finish();
      else look();
    });
  }

  /** All there is at this moment; what comes later is not in it. */
  content(): MailboxContent {
    return { nextNumber: this.#nextNumber, mails: [...this.#mails] };
  }

  /** All mails as plain JSON; two mailboxes in the same state give the same text. */
  snapshot(): MailSnapshot {
    return mailSnapshotOf(this.content());
  }

  /**
   * Puts the mailbox into the state of a snapshot; throws a ZodError when it is none and a
   * `MailboxFullError` when there is no room for it, and changes nothing then.
   */
  restore(snapshot: unknown): void {
    const { nextNumber, mails } = mailSnapshotSchema.parse(snapshot);
    const builder = new MailboxBuilder(this.#bytesMax);
    for (const mail of mails) {
      builder.add({ ...mail, raw: ownBytes([Buffer.from(mail.raw, "base64")]) });
    }
    this.#adopt(builder, nextNumber);
  }

  /**
   * The same with mails that come one by one, and in the end the number of the next one. Rejects with what
   * they throw, and with a `MailboxFullError`, and changes nothing then.
   */
  async restoreMails(mails: AsyncGenerator<MailRecord, number>): Promise<void> {
    const builder = new MailboxBuilder(this.#bytesMax);
    let next = await mails.next();
    for (; next.done !== true; next = await mails.next()) builder.add(next.value);
    this.#adopt(builder, next.value);
  }

  /** As new: no mails, and numbers begin again. */
  reset(): void {
    this.clear();
    this.#nextNumber = 1;
  }

  #adopt({ mails, sizeBytes }: MailboxBuilder, nextNumber: number): void {
    this.#mails = mails;
    this.#sizeBytes = sizeBytes;
    this.#nextNumber = mails.reduce((next, { number }) => Math.max(next, number + 1), nextNumber);
    for (const look of this.#watchers) look();
  }
}

/** Mails of a snapshot, until all of them are here. */
class MailboxBuilder {
  readonly mails: NumberedMail[] = [];
  sizeBytes = 0;
  readonly #bytesMax: number;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  add({ number, ...delivery }: MailRecord): void {
    const mail = numbered(number, delivery);
    this.sizeBytes += costOf(mail);
    if (this.sizeBytes > this.#bytesMax) throw new MailboxFullError();
    this.mails.push(mail);
  }
}

/** Its content has memory of its own by then. */
function numbered(number: number, delivery: Delivery): NumberedMail {
  return { id: `mail-${number}`, number, ...delivery, ...readMail(delivery.raw) };
}

/** Bytes that keeping a mail takes, rather too many than too few: two for each character that was read. */
function costOf({ raw, headers, subject, text, from, recipients }: NumberedMail): number {
  const read = [subject, text, from, ...recipients, ...headers.map(({ value }) => value)];
  const readLength = read.reduce((sum, { length }) => sum + length, 0);
  const costBytes = MAIL_COST_BYTES + HEADER_COST_BYTES * (headers.length + recipients.length);
  // Names of headers are windows on what was read.
  return costBytes + raw.length + Math.min(raw.length, READ_BYTES_MAX) + 2 * readLength;
}
