import type { Message } from "../../messages/message.ts";

/** How TLS begins: with the first byte, or with STARTTLS, which is then demanded. */
export type MailTlsMode = "implicit" | "starttls";

/** Where mails go out (F36). */
export interface MailServer {
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** Empty: no AUTH. */
  readonly user: string;
  readonly password: string;
  /** SSL: TLS, the certificate verified. When false nothing is encrypted. */
  readonly secure: boolean;
  /** With SSL. Default: `implicit` on port 465, `starttls` on every other. */
  readonly tlsMode?: MailTlsMode;
}

/** One mail, complete: sending it again sends the same bytes but for the transport's own fields. */
export interface Mail {
  /** `<...@...>`: the same over every try, so that a recipient can tell a mail that came twice. */
  readonly messageId: string;
  readonly dateMs: number;
  readonly from: string;
  /** One or two. */
  readonly to: readonly string[];
  /** Who of `to` is still to get it, when the others have it already. Default: all of them. */
  readonly only?: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** Why a mail did not go out. `isBusy`: the server itself said "not now", so that nothing is wrong with the settings. */
export type MailFailure =
  /** Trying again later can help: no connection, a timeout, 4xx. */
  | { readonly kind: "transient"; readonly reason: Message; readonly isBusy?: boolean }
  /** It cannot: 5xx, a refused login, a certificate that does not hold. */
  | { readonly kind: "permanent"; readonly reason: Message };

/** A recipient whom the server refused while it took the mail for the other. */
export type RefusedRecipient = MailFailure & { readonly address: string };

/**
 * What became of a try. `sent`: the server took the mail for every recipient but those `refused`,
 * who are never all of them. `refused`: it took it for nobody, and some were refused for a while and others for
 * good; where all were refused alike, that is one failure. Reasons repeat what the server said as it said it; `tellableResult` makes
 * them fit for people.
 */
export type MailResult =
  | {
      readonly kind: "sent";
      readonly refused?: readonly RefusedRecipient[];
      /** The server asks for no login, so user name and password were not sent. */
      readonly isLoginUnused?: boolean;
    }
  | { readonly kind: "refused"; readonly refused: readonly RefusedRecipient[] }
  | MailFailure;

/**
 * Sends mails over SMTP; each call makes one try, on a connection of its own. Never rejects. `stop`
 * cuts the exchange, with a transient failure: the server may have taken the mail all the same.
 */
export interface Mailer {
  send(server: MailServer, mail: Mail, stop?: AbortSignal): Promise<MailResult>;
}
