import type { MailFailure } from "../ports/mailer.ts";
import { message, type Message } from "../../messages/message.ts";

/** What is told of an SMTP error, as nodemailer has it on its errors. */
export interface SmtpErrorFacts {
  /** nodemailer's own name for the step: `EAUTH`, `ESOCKET`, ... */
  readonly code?: string | undefined;
  /** Node's code, where nodemailer put its own in its place. */
  readonly originalCode?: string | undefined;
  /** The command that was answered, `CONN` before there was any. */
  readonly command?: string | undefined;
  /** The server's reply, one or several lines. */
  readonly response?: string | undefined;
  readonly responseCode?: number | undefined;
}

// Names that Node and OpenSSL give to certificates that do not hold.
const CERTIFICATE_CODE =
  /^(ERR_TLS_CERT_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)/;

/**
 * Tells what an SMTP error means: whether trying again can help (RFC 5321 section 4.2.1: 4yz can,
 * 5yz cannot), with a reason. The reason repeats the server's words, unless they answer a login, and
 * never a library's message.
 */
export function smtpFailure(error: SmtpErrorFacts): MailFailure {
  const { responseCode, code = "" } = error;
  if (responseCode !== undefined) {
    const reason = message("mail.replied", {
      what: refusalWords(error),
      reply: replyText(error),
    });
    if (responseCode >= 500 && responseCode < 600) return { kind: "permanent", reason };
    return { kind: "transient", reason, isBusy: true };
  }
  const socketCode = error.originalCode ?? code;
  if (CERTIFICATE_CODE.test(socketCode)) {
    return {
      kind: "permanent",
      reason: message("mail.certificate", { code: socketCode }),
    };
  }
  if (code === "EAUTH") {
    return { kind: "permanent", reason: message("mail.no-such-login") };
  }
  return { kind: "transient", reason: connectionWords(code, socketCode) };
}

function refusalWords({ code, command = "" }: SmtpErrorFacts): Message {
  if (code === "EAUTH") return message("mail.login-refused");
  if (command === "STARTTLS") return message("mail.no-tls");
  if (command === "MAIL FROM") return message("mail.sender-refused");
  if (command === "RCPT TO") return message("mail.recipient-refused");
  if (command === "DATA") return message("mail.mail-refused");
  return message("mail.connection-refused");
}

function connectionWords(code: string, socketCode: string): Message {
  switch (code) {
    case "ETIMEDOUT":
      return message("mail.timeout");
    case "EPROTOCOL":
      return message("mail.no-mail-server");
    case "EABORT":
      return message("mail.cut");
    default:
  }
  if (socketCode === "ENOTFOUND" || socketCode === "EAI_AGAIN") {
    return message("mail.unresolved", { code: socketCode });
  }
  if (code === "ESOCKET") return message("mail.no-connection", { code: socketCode });
  return message("mail.connection-cut");
}

function replyText(error: SmtpErrorFacts): string {
  const { responseCode, response = "" } = error;
  const bare = `${responseCode}`;
  const words = response.replaceAll(/\r?\n/g, " ").trim();
  // A server that refuses a login may repeat parts of what it was given, which nobody finds (I10).
  if (error.code === "EAUTH") return /^\d{3} \d\.\d{1,3}\.\d{1,3}(?= |$)/.exec(words)?.[0] ?? bare;
  return words;
}
