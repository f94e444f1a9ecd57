import { LIMITS } from "../../protocol/limits.ts";
import { AgentError } from "../agent-error.ts";
import type { MailServer } from "../ports/mailer.ts";
import { message, type Message } from "../../messages/message.ts";

/** Where result mails go and by which way (F36). */
export interface MailSettings {
  readonly server: MailServer;
  /** Address of the sender. */
  readonly from: string;
  /** One or two addresses. */
  readonly to: readonly string[];
}

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const HOST_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);
const IPV6 = /^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?:%[\w.-]+)?$/;
// Wider than RFC 5322's dot-atom: Japanese carriers gave out addresses with full stops in a row.
const ADDRESS = new RegExp(
  `^(?<local>[A-Za-z0-9.!#$%&'*+/=?^_\`{|}~-]{1,64})@(?<domain>${LABEL}(?:\\.${LABEL})*)$`,
);
const ADDRESS_LENGTH_MAX = 254;
const HOST_LENGTH_MAX = 253;
const CREDENTIAL_LENGTH_MAX = 1_000;
// A line end would begin a new command, a NUL divides user and password (RFC 4616).
const BREAKS_COMMANDS = /\p{Cc}/u;

/**
 * The settings, if every one can be used, domains in small letters; throws `AgentError` with the
 * setting named. Nothing that was given is repeated in it: it could be a password in a wrong place.
 */
export function checkedMailSettings({ server, from, to }: MailSettings): MailSettings {
  const { host, port, user, password } = server;
  if (host.length > HOST_LENGTH_MAX || !(HOST_NAME.test(host) || IPV6.test(host))) {
    throw invalid(message("mail.server-name"));
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw invalid(message("mail.port"));
  }
  checkCredential("user-name", user);
  checkCredential("password", password);
  if ((user === "") !== (password === "")) {
    throw invalid(message("mail.half-login"));
  }
  if (!server.secure && server.tlsMode !== undefined) {
    throw invalid(message("mail.tls-without-ssl"));
  }
  const recipients = to.map((address) => checkedAddress("recipient", address));
  if (recipients.length < 1 || recipients.length > LIMITS.mailRecipientCountMax) {
    throw invalid(message("mail.recipient-count", { max: LIMITS.mailRecipientCountMax }));
  }
  if (new Set(recipients.map((address) => address.toLowerCase())).size < recipients.length) {
    throw invalid(message("mail.same-recipients"));
  }
  return { server: { ...server }, from: checkedAddress("sender", from), to: recipients };
}

function checkedAddress(which: "recipient" | "sender", address: string): string {
  const { local, domain } = ADDRESS.exec(address)?.groups ?? {};
  if (local === undefined || domain === undefined || address.length > ADDRESS_LENGTH_MAX) {
    throw invalid(message(`mail.${which}-address`));
  }
  return `${local}@${domain.toLowerCase()}`;
}

function checkCredential(which: "user-name" | "password", text: string): void {
  if (text.length <= CREDENTIAL_LENGTH_MAX && !BREAKS_COMMANDS.test(text)) return;
  throw invalid(message(`mail.${which}`, { max: CREDENTIAL_LENGTH_MAX }));
}

function invalid(reason: Message): AgentError {
  return new AgentError("invalid-setting", reason);
}
