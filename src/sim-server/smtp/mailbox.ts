import type { Timers } from "../kernel/timers.ts";
import { mailMatcher, type MailFilter } from "./mail-filter.ts";
import { mailSnapshotSchema, type MailSnapshot } from "./mail-snapshot.ts";
import { readMail } from "./mime/read-mail.ts";
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

/** What a mail costs beside its bytes, so that empty ones have an end too. */
const MAIL_COST_BYTES = 100;

/** Every mail the server took, oldest first, whoever it is for. */
export class Mailbox {
  readonly #timers: Timers;
  readonly #watchers = new Set<() => void>();
  #mails: NumberedMail[] = [];
  #nextNumber = 1;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Puts a mail in; those who wait hear of it. */
  add(delivery: Delivery): StoredMail {
    const mail = numbered(this.#nextNumber, delivery);
    this.#nextNumber += 1;
    this.#mails.push(mail);
    for (const look of this.#watchers) look();
    return mail;
  }

  /** Bytes of all mails, each with what keeping it costs. */
  get sizeBytes(): number {
    return this.#mails.reduce((sum, { raw }) => sum + raw.length + MAIL_COST_BYTES, 0);
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
  }

  /** Takes one mail out; `false` when there is none of that id. */
  remove(id: string): boolean {
    const index = this.#mails.findIndex((mail) => mail.id === id);
    if (index !== -1) this.#mails.splice(index, 1);
    return index !== -1;
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

  /** All mails as plain JSON; two mailboxes in the same state give the same text. */
  snapshot(): MailSnapshot {
    return {
      kind: "azukeru-mail-snapshot",
      version: 1,
      nextNumber: this.#nextNumber,
      mails: this.#mails.map((mail) => {
        const { number, receivedAtMs, from, recipients, clientName, tls, user, raw } = mail;
        return {
          number,
          receivedAtMs,
          from,
          recipients: [...recipients],
          clientName,
          tls,
          user,
          raw: raw.toString("base64"),
        };
      }),
    };
  }

  /** Puts the mailbox into the state of a snapshot; throws a ZodError and changes nothing when it is none. */
  restore(snapshot: unknown): void {
    const { nextNumber, mails } = mailSnapshotSchema.parse(snapshot);
    this.#mails = mails.map(({ number, raw, ...delivery }) =>
      numbered(number, { ...delivery, raw: Buffer.from(raw, "base64") }),
    );
    this.#nextNumber = Math.max(nextNumber, ...mails.map(({ number }) => number + 1));
    for (const look of this.#watchers) look();
  }

  /** As new: no mails, and numbers begin again. */
  reset(): void {
    this.#mails = [];
    this.#nextNumber = 1;
  }
}

function numbered(number: number, delivery: Delivery): NumberedMail {
  return { id: `mail-${number}`, number, ...delivery, ...readMail(delivery.raw) };
}
