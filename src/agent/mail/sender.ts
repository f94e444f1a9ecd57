import type { MailSettings } from "./checked-settings.ts";
import { retryDelayMs } from "../core/retry-delay.ts";
import type { Redactor } from "../../messages/redactor.ts";
import type { Clock } from "../ports/clock.ts";
import type { Entropy } from "../ports/entropy.ts";
import type { Log } from "../ports/log.ts";
import type { Mail, Mailer, MailResult } from "../ports/mailer.ts";
import type { MailSettingsStore } from "./settings-store.ts";
import { tellableResult } from "./tellable-result.ts";
import type { Outbox, WaitingMail } from "./outbox.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";
import { message, type Message } from "../../messages/message.ts";
import { refusedByRecipient } from "./refused-by-recipient.ts";

/** What a try to send a mail came to. */
export interface MailNews {
  readonly subject: string;
  /** `sent`: every recipient has it or was refused; `waiting`: it is tried again; `failed`: it is given up. */
  readonly outcome: "sent" | "waiting" | "failed";
  /** Why it did not reach everybody, for people; null when it did. */
  readonly reason: Message | null;
}

interface MailSenderOptions {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly mailer: Mailer;
  readonly database: StateDatabase;
  readonly outbox: Outbox;
  readonly settings: MailSettingsStore;
  /** Cleans what servers say. */
  readonly redactor: Redactor;
  readonly tuning: Pick<Tuning, "mailRetryDelayMs" | "mailRetryDelayMsMax" | "mailAgeMsMax">;
}

/** When a mail is due and given up, on the clock that nobody sets (`elapsedMs`). */
interface Plan {
  dueAtMs: number;
  readonly expiresAtMs: number;
}

/**
 * Sends what waits in the outbox (D14), one mail at a time: at once, then at growing intervals,
 * until it is sent, refused for good or a day old. Every try is counted before it begins, so that a
 * process that dies in the middle of one does not come back at once. A mail goes by the settings
 * that are confirmed at the moment of the try.
 */
export class MailSender {
  readonly #options: MailSenderOptions;
  readonly #plans = new Map<number, Plan>();
  #isStarted = false;
  #isLookWanted = false;
  #round: Promise<void> | undefined;
  #exchange: { readonly mailId: number; readonly stop: AbortController } | undefined;
  #onNews: ((news: MailNews) => void) | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(options: MailSenderOptions) {
    this.#options = options;
  }

  /** Begins to send; `onNews` is told what each try came to. Does nothing when it has begun already. */
  start(onNews?: (news: MailNews) => void): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#onNews = onNews;
    this.lookNow();
  }

  /** Another process may have changed outbox or settings: cuts an exchange whose mail was thrown away. */
  refresh(): void {
    if (!this.#isStarted) return;
    const exchange = this.#exchange;
    const isGone = exchange !== undefined && !this.#options.outbox.has(exchange.mailId);
    if (isGone || this.#settingsInForce() === undefined) this.cut();
    this.lookNow();
  }

  /** Looks for mails that are due. May be called inside the transaction that made one. */
  lookNow(): void {
    if (!this.#isStarted) return;
    this.#isLookWanted = true;
    this.#round ??= this.#work().finally(() => {
      this.#round = undefined;
      if (this.#isLookWanted) this.lookNow();
    });
  }

  /** Cuts the exchange under way, if there is one. Its mail waits as after a failed try. */
  cut(): void {
    this.#exchange?.stop.abort();
  }

  /** Stops sending; resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#cancelTimer();
    this.cut();
    await this.#round;
    this.#plans.clear();
  }

  async #work(): Promise<void> {
    while (this.#isLookWanted && this.#isStarted) {
      // Lets the transaction end that asked for the look.
      await Promise.resolve();
      this.#isLookWanted = false;
      await this.#sendDue();
    }
  }

  async #sendDue(): Promise<void> {
    const { log, tuning } = this.#options;
    this.#cancelTimer();
    let waitMs: number | undefined;
    try {
      for (let mail = this.#nextDue(); mail !== undefined; mail = this.#nextDue()) {
        await this.#tryOnce(mail);
      }
      waitMs = this.#untilNext();
    } catch (error) {
      log.write("error", "mails-cannot-be-sent", { error: String(error) });
      waitMs = tuning.mailRetryDelayMs;
    }
    if (waitMs === undefined || !this.#isStarted) return;
    this.#cancelTimer = this.#options.clock.setTimer(waitMs, () => this.lookNow());
  }

  /** The mail that is due longest, after giving up those that are too old. */
  #nextDue(): WaitingMail | undefined {
    if (!this.#isStarted) return undefined;
    const nowMs = this.#options.clock.elapsedMs();
    const waiting = this.#options.outbox.list();
    this.#plan(waiting);
    let found: WaitingMail | undefined;
    for (const mail of waiting) {
      const plan = this.#planOf(mail);
      if (plan.expiresAtMs <= nowMs) {
        const reason = mail.lastReason ?? message("mail.never-tried");
        this.#giveUp(mail, "mail-was-given-up", reason);
      } else if (plan.dueAtMs <= nowMs && this.#isSooner(plan, found)) {
        found = mail;
      }
    }
    return this.#settingsInForce() === undefined ? undefined : found;
  }

  #isSooner(plan: Plan, found: WaitingMail | undefined): boolean {
    return found === undefined || plan.dueAtMs < this.#planOf(found).dueAtMs;
  }

  /** How long until a mail is due or given up; undefined when none waits. */
  #untilNext(): number | undefined {
    const canSend = this.#settingsInForce() !== undefined;
    const momentsMs = [...this.#plans.values()].map(({ dueAtMs, expiresAtMs }) =>
      canSend ? Math.min(dueAtMs, expiresAtMs) : expiresAtMs,
    );
    if (momentsMs.length === 0) return undefined;
    return Math.max(0, Math.ceil(Math.min(...momentsMs) - this.#options.clock.elapsedMs()));
  }

  /** Makes plans for mails that have none, of those an earlier process left too. */
  #plan(waiting: readonly WaitingMail[]): void {
    const { clock, tuning } = this.#options;
    const ids = new Set(waiting.map(({ id }) => id));
    for (const id of this.#plans.keys()) if (!ids.has(id)) this.#plans.delete(id);
    for (const { id, createdAtMs, nextAttemptAtMs, attemptCount } of waiting) {
      if (this.#plans.has(id)) continue;
      const elapsedMs = clock.elapsedMs();
      // The wall clock may have been set since: back, and the mail seems to be of the future.
      const ageMs = Math.max(0, clock.nowMs() - createdAtMs);
      const longestMs = attemptCount === 0 ? 0 : retryDelayMs(this.#spacing, attemptCount, 1);
      const waitMs = Math.min(Math.max(0, nextAttemptAtMs - clock.nowMs()), longestMs);
      this.#plans.set(id, {
        dueAtMs: elapsedMs + waitMs,
        expiresAtMs: elapsedMs + tuning.mailAgeMsMax - ageMs,
      });
    }
  }

  #planOf({ id }: WaitingMail): Plan {
    const plan = this.#plans.get(id);
    if (plan === undefined) throw new TypeError(`mail ${id} has no plan`);
    return plan;
  }

  async #tryOnce(mail: WaitingMail): Promise<void> {
    const { clock, entropy, log, mailer, database, outbox } = this.#options;
    const settings = this.#settingsInForce();
    if (settings === undefined) return;
    const only = settings.to.filter((address) => !mail.settledRecipients.includes(address));
    if (only.length === 0) {
      database.transaction("acknowledged", () => outbox.remove(mail.id));
      log.write("info", "mail-has-nobody-left-to-go-to", { mail: mail.id });
      return;
    }
    const attempt = mail.attemptCount + 1;
    const delayMs = retryDelayMs(this.#spacing, attempt, entropy.random());
    const plan = this.#planOf(mail);
    const postpone = (): void => {
      plan.dueAtMs = clock.elapsedMs() + delayMs;
    };
    postpone();
    // On a full disk too: the mail may be what tells a person that it is full.
    database.lastTransaction(() => outbox.noteAttempt(mail.id, clock.nowMs() + delayMs));
    const stop = new AbortController();
    this.#exchange = { mailId: mail.id, stop };
    const result = await mailer
      .send(settings.server, letter(mail, settings, only), stop.signal)
      .then((given) => tellableResult(given, this.#options.redactor))
      .finally(() => {
        this.#exchange = undefined;
        postpone();
      });
    // Cut on purpose: nothing was learned, and the mail may be gone.
    if (stop.signal.aborted && result.kind !== "sent") return;
    this.#note(mail, only, result, { attempt, nextTryInMs: delayMs });
  }

  #note(
    mail: WaitingMail,
    only: readonly string[],
    result: MailResult,
    facts: { readonly attempt: number; readonly nextTryInMs: number },
  ): void {
    const { log, database, outbox, settings } = this.#options;
    const { id } = mail;
    const { attempt } = facts;
    if (result.kind === "permanent") return this.#giveUp(mail, "mail-was-refused", result.reason);
    if (result.kind === "transient") {
      const { reason } = result;
      database.lastTransaction(() => outbox.noteFailure(id, reason, mail.settledRecipients));
      this.#tell(mail, "waiting", reason);
      return log.write("warn", "mail-will-be-tried-again", {
        mail: id,
        ...facts,
        reason,
      });
    }
    const { refused = [] } = result;
    for (const { address, kind, reason } of refused) {
      log.write("warn", "mail-was-refused-for-a-recipient", {
        mail: id,
        address,
        kind,
        reason,
      });
    }
    const later = refused.filter(({ kind }) => kind === "transient").map(({ address }) => address);
    const reason = refused.length === 0 ? null : refusedByRecipient(refused);
    const settled = [...mail.settledRecipients, ...only.filter((one) => !later.includes(one))];
    // On a full disk too: it must not go out again.
    database.lastTransaction(() => {
      settings.noteTrouble(reason === null ? null : this.#trouble(reason));
      if (later.length === 0) outbox.remove(id);
      else if (reason !== null) outbox.noteFailure(id, reason, settled);
    });
    if (result.kind === "sent") {
      log.write("info", "mail-was-sent", { mail: id, attempt, waitsFor: later.length });
    } else if (reason !== null) {
      log.write("warn", "mail-will-be-tried-again", { mail: id, ...facts, reason });
    }
    this.#tell(mail, later.length === 0 ? "sent" : "waiting", reason);
  }

  #tell({ subject }: WaitingMail, outcome: MailNews["outcome"], reason: Message | null): void {
    this.#onNews?.({ subject, outcome, reason });
  }

  #giveUp(mail: WaitingMail, event: string, reason: Message): void {
    const { id, attemptCount } = mail;
    const { log, database, outbox, settings } = this.#options;
    database.transaction("acknowledged", () => {
      settings.noteTrouble(this.#trouble(reason));
      outbox.remove(id);
    });
    log.write("error", event, { mail: id, attemptCount, reason });
    this.#tell(mail, "failed", reason);
  }

  #trouble(reason: Message): { readonly atMs: number; readonly reason: Message } {
    return { atMs: this.#options.clock.nowMs(), reason };
  }

  #settingsInForce(): MailSettings | undefined {
    const { settings } = this.#options;
    return settings.isOn() ? settings.confirmed() : undefined;
  }

  get #spacing(): { readonly retryDelayMs: number; readonly retryDelayMsMax: number } {
    const { mailRetryDelayMs, mailRetryDelayMsMax } = this.#options.tuning;
    return { retryDelayMs: mailRetryDelayMs, retryDelayMsMax: mailRetryDelayMsMax };
  }
}

function letter(waiting: WaitingMail, { from, to }: MailSettings, only: readonly string[]): Mail {
  const { messageId, createdAtMs, subject, text } = waiting;
  return { messageId, dateMs: createdAtMs, from, to, only, subject, text };
}
