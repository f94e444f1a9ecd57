/** Who may log in to the mail server, in every scenario. */
export const MAIL_USER = {
  user: "office@smtp.example",
  password: "a secret of the mailbox",
} as const;
