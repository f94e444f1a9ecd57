/** The sender of result mails that the guides name for who has none (A1710, B1472). */
export const MAIL_SENDER_DEFAULT = "support@azukeru.ntt-east.net";
