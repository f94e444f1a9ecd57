import type { Mail, MailResult, MailServer, Mailer } from "../ports/mailer.ts";
import { message } from "../../messages/message.ts";

/** A try to send a mail. */
export interface MailTry {
  readonly server: MailServer;
  readonly mail: Mail;
}

/** Answers a try; `stop` as the port has it. */
export type MailAnswer = (
  tried: MailTry,
  stop: AbortSignal | undefined,
) => MailResult | Promise<MailResult>;

/** A mailer that keeps what it was given, and answers as told; `sent` at first. */
export class FakeMailer implements Mailer {
  readonly tries: MailTry[] = [];
  /** The most tries that were ever under way at once. */
  busyCountMax = 0;
  answer: MailAnswer = () => ({ kind: "sent" });
  /** Tries that are under way. */
  busyCount = 0;

  async send(server: MailServer, mail: Mail, stop?: AbortSignal): Promise<MailResult> {
    const tried = { server, mail };
    this.tries.push(tried);
    this.busyCount += 1;
    this.busyCountMax = Math.max(this.busyCountMax, this.busyCount);
    try {
      return await this.answer(tried, stop);
    } finally {
      this.busyCount -= 1;
    }
  }
}

/** A try that ends only with its stop. */
export const UNTIL_STOPPED: MailAnswer = (_tried, stop) =>
  new Promise((resolve) => {
    stop?.addEventListener("abort", () =>
      resolve({ kind: "transient", reason: message("mail.cut") }),
    );
  });
