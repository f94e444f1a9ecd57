import type { Redactor } from "../../messages/redactor.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import { AgentError } from "../agent-error.ts";
import { checkedMailSettings, type MailSettings } from "./checked-settings.ts";
import { isWorthMail, mailText, testMailText, type MailReport } from "./text.ts";
import { mailFingerprint, MailRecords, type MailStatus } from "./mail-records.ts";
import type { MailRequest } from "./requests.ts";
import { MailSender, type MailNews } from "./sender.ts";
import type { MailFailure, MailResult } from "../ports/mailer.ts";
import { MailSettingsStore } from "./settings-store.ts";
import { Outbox } from "./outbox.ts";
import { tellableResult } from "./tellable-result.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Waits } from "../core/waits.ts";
import type { Tuning } from "../tuning.ts";
import { message, type Message } from "../../messages/message.ts";
import { refusedByRecipient } from "./refused-by-recipient.ts";

interface AgentMailOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly deviceName: () => string;
  readonly redactor: Redactor;
  /** Told when a mail server is waited for. */
  readonly waits: Pick<Waits, "waiter">;
}

/** After so much waiting for a mail server somebody wants to know why. */
const QUIET_AFTER_MS = 5_000;

/**
 * The result mail: settings, test mail, outbox and sending (F36, D14; decision 0012). Methods throw
 * `AgentError` and nothing else.
 */
export class AgentMail extends MailRecords {
  readonly #options: AgentMailOptions;
  readonly #settings: MailSettingsStore;
  readonly #outbox: Outbox;
  readonly #sender: MailSender | undefined;
  readonly #tests = new Set<AbortController>();

  constructor(options: AgentMailOptions) {
    const { database, ports, tuning, redactor } = options;
    super(database);
    const { mailer, clock, entropy, log } = ports;
    this.#options = options;
    this.#settings = new MailSettingsStore(database, redactor);
    this.#settings.draft();
    this.#settings.confirmed();
    this.#outbox = new Outbox(database);
    if (mailer === undefined) return;
    const stores = { database, outbox: this.#outbox, settings: this.#settings, redactor };
    this.#sender = new MailSender({ clock, entropy, log, mailer, tuning, ...stores });
  }

  /** Sets the draft. What is confirmed stays in force until the draft is confirmed itself. */
  set(request: MailRequest): MailStatus {
    const { host, user, password, secure, tlsMode, from, to } = request;
    const port = request.port ?? (secure && tlsMode !== "starttls" ? 465 : 587);
    const server = { host, port, user, password, secure, ...(tlsMode && { tlsMode }) };
    this.#settings.writeDraft(checkedMailSettings({ server, from, to }));
    return this.settings();
  }

  /**
   * Sends a test mail with the draft; throws `mail-server-busy` when the server itself says "not now",
   * `mail-not-sent` for everything else but a mail that was taken for every recipient.
   */
  async test(): Promise<MailStatus> {
    const { ports, deviceName, redactor } = this.#options;
    const draft = this.#draft();
    const said = await this.#tellingWaits(draft, () =>
      this.#sendTest(draft, testMailText(deviceName())),
    );
    const result = tellableResult(said, redactor);
    const reason = failureOf(result);
    if (reason !== undefined) {
      ports.log.write("warn", "test-mail-was-not-sent", { reason });
      throw new AgentError(isBusy(result) ? "mail-server-busy" : "mail-not-sent", reason);
    }
    // The draft may have been set anew meanwhile: what was tested is what was sent.
    const isLoginUnused = result.kind === "sent" && result.isLoginUnused === true;
    this.#settings.noteTested(mailFingerprint(draft), isLoginUnused);
    ports.log.write("info", "test-mail-was-sent", { isLoginUnused });
    return this.settings();
  }

  /** Tells that the mail server is waited for, once that takes some seconds. */
  async #tellingWaits<Result>(
    { server: { host } }: MailSettings,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { ports, waits, tuning } = this.#options;
    const waiter = waits.waiter();
    const cancel = ports.clock.setTimer(QUIET_AFTER_MS, () => {
      const leftMs = tuning.mailExchangeMsMax - QUIET_AFTER_MS;
      waiter.waits({ reason: message("mail.sending-test", { host }), leftMs });
    });
    try {
      return await work();
    } finally {
      cancel();
      waiter.ends(false);
    }
  }

  /** Puts the draft in force; throws `mail-not-tested` unless exactly it passed a test mail. */
  confirm(): MailStatus {
    const draft = this.#draft();
    if (this.#settings.testedFingerprint() !== mailFingerprint(draft)) {
      throw new AgentError("mail-not-tested", message("mail.not-tested"));
    }
    this.#settings.confirm(draft);
    this.#sender?.lookNow();
    return this.settings();
  }

  /** Switches result mails. Off throws away what waits; on needs confirmed settings. */
  setOn(isOn: boolean): MailStatus {
    if (isOn && this.#settings.confirmed() === undefined) {
      throw new AgentError("no-mail-settings", message("mail.none-confirmed"));
    }
    const droppedCount = this.#options.database.transaction("acknowledged", () => {
      this.#settings.setOn(isOn);
      return isOn ? 0 : this.#outbox.clear();
    });
    if (!isOn) this.#sender?.cut();
    if (droppedCount > 0) {
      this.#options.ports.log.write("info", "mails-were-thrown-away", { count: droppedCount });
    }
    return this.settings();
  }

  /**
   * Makes the mail of one automatic run and puts it into the outbox, inside the transaction of its
   * caller. Makes none, and returns false, when every job completed or result mails are off.
   */
  enqueueReport(report: MailReport): boolean {
    const settings = this.#settings.isOn() ? this.#settings.confirmed() : undefined;
    if (settings === undefined || !isWorthMail(report)) return false;
    const createdAtMs = this.#options.ports.clock.nowMs();
    const messageId = this.#messageId(settings.from);
    const { redactor } = this.#options;
    const { subject, text } = mailText(report);
    this.#outbox.enqueue({
      messageId,
      createdAtMs,
      subject: redactor.redactShown(subject),
      text: redactor.redactShown(text),
    });
    this.#sender?.lookNow();
    return true;
  }

  /** Begins to send what waits; closing the tool ends it. Only for a process that stays. */
  startSending(onMail?: (news: MailNews) => void): void {
    this.#sender?.start(onMail);
  }

  /** Another process may have changed settings or outbox. */
  refresh(): void {
    this.#sender?.refresh();
  }

  /** Ends sending and test mails; resolves when nothing is under way any more. */
  async close(): Promise<void> {
    for (const test of this.#tests) test.abort();
    await this.#sender?.stop();
  }

  #draft(): MailSettings {
    const draft = this.#settings.draft();
    if (draft !== undefined) return draft;
    throw new AgentError("no-mail-settings", message("mail.none-given"));
  }

  async #sendTest(
    { server, from, to }: MailSettings,
    text: { readonly subject: string; readonly text: string },
  ): Promise<MailResult> {
    const { mailer, clock } = this.#options.ports;
    if (mailer === undefined) throw new AgentError("mail-not-sent", message("mail.no-mailer"));
    const test = new AbortController();
    this.#tests.add(test);
    const mail = { messageId: this.#messageId(from), dateMs: clock.nowMs(), from, to, ...text };
    return mailer.send(server, mail, test.signal).finally(() => this.#tests.delete(test));
  }

  /** One that nothing else has (RFC 5322 section 3.6.4), in the sender's domain. */
  #messageId(from: string): string {
    const { clock, entropy } = this.#options.ports;
    const word = (): string => Math.floor(entropy.random() * 2 ** 32).toString(36);
    const local = [clock.nowMs().toString(36), word(), word(), word()].join(".");
    return `<${local}@${from.slice(from.lastIndexOf("@") + 1)}>`;
  }
}

/** What was in the way: of each recipient by itself, or of the mail as a whole. */
function failuresOf(result: MailResult): readonly MailFailure[] {
  return result.kind === "sent" || result.kind === "refused" ? (result.refused ?? []) : [result];
}

/** Whether nothing but the server's "not now" stands in the way. */
function isBusy(result: MailResult): boolean {
  return failuresOf(result).every(
    (failure) => failure.kind === "transient" && failure.isBusy === true,
  );
}

function failureOf(result: MailResult): Message | undefined {
  if (result.kind !== "sent" && result.kind !== "refused") return result.reason;
  const { refused = [] } = result;
  return refused.length === 0 ? undefined : refusedByRecipient(refused);
}
