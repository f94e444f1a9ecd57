/** How result mails are to be sent, as a person types it (F36). */
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
