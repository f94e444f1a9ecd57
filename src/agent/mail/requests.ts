import type { MailTlsMode } from "../ports/mailer.ts";

/** How result mails are to be sent, as a person types it (F36). */
export interface MailRequest {
  readonly host: string;
  /** 1 to 65535. Default 465 with `secure`, else 587. */
  readonly port?: number;
  /** Empty: no login. */
  readonly user: string;
  /** Empty exactly when `user` is. */
  readonly password: string;
  /** SSL: the way to the mail server is encrypted. */
  readonly secure: boolean;
  /** Only with `secure`. Default: `implicit` on port 465, `starttls` on others. */
  readonly tlsMode?: MailTlsMode;
  readonly from: string;
  /** One or two addresses. */
  readonly to: readonly string[];
}

/** Mail settings as they are shown: without the password, and with the TLS mode only where it was given. */
export type MailValues = Required<Omit<MailRequest, "password" | "tlsMode">> &
  Pick<MailRequest, "tlsMode">;
