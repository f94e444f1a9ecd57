import { z } from "zod";

/** All mails of a mailbox, as plain JSON of one version. Holds no password. */
export const mailSnapshotSchema = z.strictObject({
  kind: z.literal("azukeru-mail-snapshot"),
  version: z.literal(1),
  /** The number of the next mail. */
  nextNumber: z.int().min(1),
  mails: z.array(
    z.strictObject({
      number: z.int().min(1),
      receivedAtMs: z.int(),
      from: z.string(),
      recipients: z.array(z.string()),
      clientName: z.string(),
      tls: z.boolean(),
      user: z.string().nullable(),
      /** Base64. */
      raw: z.base64(),
    }),
  ),
});

/** A snapshot of a mailbox, parsed. */
export type MailSnapshot = z.infer<typeof mailSnapshotSchema>;
