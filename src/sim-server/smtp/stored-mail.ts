import type { ReadMail } from "./mime/read-mail.ts";

/** How a mail came. */
export interface Delivery {
  /** Wall-clock milliseconds since 1970 at which its last byte was here. */
  readonly receivedAtMs: number;
  /** The envelope's sender; empty for the null sender. */
  readonly from: string;
  /** The envelope's recipients that were accepted, in their order. */
  readonly recipients: readonly string[];
  /** What the client called itself. */
  readonly clientName: string;
  /** Whether it came over TLS. */
  readonly tls: boolean;
  /** Who was logged in; null for nobody. */
  readonly user: string | null;
  /** The content, byte for byte, dots unescaped. */
  readonly raw: Buffer;
}

/** A mail in the mailbox. */
export interface StoredMail extends Delivery, ReadMail {
  /** `mail-1`, counted in the order of arrival. */
  readonly id: string;
}
