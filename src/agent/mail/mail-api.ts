import type { MailReport } from "./text.ts";
import type { MailTrouble } from "./settings-store.ts";

/** What `setMail` takes (F36). */
export interface MailRequest {
  readonly host: string;
  /** 1 to 65535. Default 465 with `secure`, else 587. */
  readonly port?: number;
  /** Empty: no login. */
  readonly user: string;
  /** Empty exactly when `user` is. */
  readonly password: string;
  /** TLS from the first byte on port 465, STARTTLS, which is then demanded, on others. */
  readonly secure: boolean;
  readonly from: string;
  /** One or two addresses. */
  readonly to: readonly string[];
}

/** Mail settings as they are shown: without the password. */
export type MailValues = Required<Omit<MailRequest, "password">>;

/** Where the result mail stands. */
export interface MailStatus {
  /** What was set last; null when nothing was. */
  readonly draft: MailValues | null;
  /** Whether a test mail was sent with exactly the draft, its password included. */
  readonly isDraftTested: boolean;
  /** Whether the draft is what is confirmed, its password included. */
  readonly isDraftConfirmed: boolean;
  /** What mails are sent with; null until something was confirmed. */
  readonly confirmed: MailValues | null;
  readonly isOn: boolean;
}

/** A mail that waits, without its text. */
export interface OutboxMail {
  readonly id: number;
  readonly createdAtMs: number;
  readonly subject: string;
  /** Tries so far. */
  readonly attemptCount: number;
  readonly nextAttemptAtMs: number;
  /** Why the last try failed, for people. */
  readonly lastReason: string | null;
}

/** What waits to be sent (D14). */
export interface OutboxStatus {
  /** Oldest first. */
  readonly mails: readonly OutboxMail[];
  /** The last mail that did not reach everybody, until one did. */
  readonly trouble: MailTrouble | null;
}

/** What a try to send a mail came to. */
export interface MailNews {
  readonly subject: string;
  /** `sent`: every recipient has it or was refused; `waiting`: it is tried again; `failed`: it is given up. */
  readonly outcome: "sent" | "waiting" | "failed";
  /** Why it did not reach everybody, for people; null when it did. */
  readonly reason: string | null;
}

/** The result mail of the agent (F36, D14; decision 0012). Methods throw `AgentError` and nothing else. */
export interface MailApi {
  mailSettings(): MailStatus;
  /** Sets the draft. What is confirmed stays in force until the draft is confirmed itself. */
  setMail(request: MailRequest): MailStatus;
  /** Sends a test mail with the draft; throws `mail-not-sent` unless every recipient's was taken. */
  testMail(): Promise<MailStatus>;
  /** Puts the draft in force; throws `mail-not-tested` (MIPCF004) unless exactly it passed a test mail. */
  confirmMail(): MailStatus;
  /** Switches result mails. Off throws away what waits; on needs confirmed settings. */
  setMailOn(isOn: boolean): MailStatus;
  outbox(): OutboxStatus;
  /**
   * Makes the mail of one automatic run and puts it into the outbox, inside the transaction of its
   * caller. Makes none, and returns false, when every job completed or result mails are off.
   */
  enqueueReport(report: MailReport): boolean;
  /** Begins to send what waits; closing the tool ends it. Only for a process that stays. */
  startSendingMail(onMail?: (news: MailNews) => void): void;
}
