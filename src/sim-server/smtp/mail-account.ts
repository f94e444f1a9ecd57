import { z } from "zod";

/** Who may log in to the mail server, as a person writes it down. */
export const mailAccountSchema = z.strictObject({
  user: z
    .string()
    .max(255)
    .regex(/^\P{Cc}+$/u, "no control characters"),
  password: z.string().min(1).max(1024),
});

/** Who may log in to the mail server. */
export type MailAccount = z.infer<typeof mailAccountSchema>;

/** The account a mail server has when nobody says otherwise. */
export const DEFAULT_MAIL_ACCOUNT: MailAccount = {
  user: "demo@mail.example",
  password: "demo-mail-password",
};
