import { z } from "zod";

/** A number that is still exact when one is added. */
const NUMBER_MAX = 999_999_999_999_999;

const addressSchema = z.string().max(1_024);

/** All mails of a mailbox, as plain JSON of one version. Holds no password. */
export const mailSnapshotSchema = z.strictObject({
  kind: z.literal("azukeru-mail-snapshot"),
  version: z.literal(1),
  /** The number of the next mail. */
  nextNumber: z.int().min(1).max(NUMBER_MAX),
  mails: z.array(
    z.strictObject({
      number: z.int().min(1).max(NUMBER_MAX),
      /** A moment that can be written down with a year of four digits. */
      receivedAtMs: z.int().min(0).max(253_402_300_799_999),
      from: addressSchema,
      recipients: z.array(addressSchema),
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
