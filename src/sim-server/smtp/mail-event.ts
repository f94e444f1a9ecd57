/** Something that happened at the mail server, for a trace. Holds no password and no content. */
export interface MailEvent {
  /** Which connection, counted from 1; 0 when it belongs to none. */
  readonly connection: number;
  readonly kind:
    | "connected"
    | "fault"
    | "tls"
    | "tls-failed"
    | "auth"
    | "mail"
    | "rcpt"
    | "stored"
    | "refused"
    | "closed"
    | "error";
  readonly detail: string;
}
