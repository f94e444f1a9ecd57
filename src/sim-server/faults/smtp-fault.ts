import { z } from "zod";

import { occurrenceSchema } from "./occurrence.ts";
import { pathGlobSchema } from "./path-glob-schema.ts";

/**
 * The stages of a mail's delivery at which a fault can strike, in their order: the connection before
 * anything is said (a TLS port: before the handshake), the greeting, the STARTTLS command, the TLS
 * handshake, AUTH, MAIL, RCPT (each recipient), the DATA command, the content on its way, and the
 * moment it is here whole.
 */
export const SMTP_STAGES = [
  "connect",
  "greeting",
  "starttls",
  "handshake",
  "auth",
  "mail",
  "rcpt",
  "data",
  "message",
  "end-of-data",
] as const;

/** See `SMTP_STAGES`. */
export type SmtpStage = (typeof SMTP_STAGES)[number];

/** Stages at which the client waits for an answer of the server. */
export const ANSWERED_STAGES = [
  "greeting",
  "starttls",
  "auth",
  "mail",
  "rcpt",
  "data",
  "message",
  "end-of-data",
] as const satisfies readonly SmtpStage[];

/** Stages at which recipients are known. */
const RECIPIENT_STAGES: readonly SmtpStage[] = ["rcpt", "data", "message", "end-of-data"];

const placeShape = {
  ...occurrenceSchema.shape,
  /**
   * Only at `rcpt`, `data`, `message`, `end-of-data`: a recipient's address, case ignored, exact or
   * with `*` and `?`. Behind RCPT, one of the accepted recipients has to match.
   */
  recipient: pathGlobSchema.optional(),
  /**
   * Only at `message`: strikes when so many bytes of the content have come; not at all when fewer
   * come. Default 1.
   */
  afterBytes: z.int().min(1).optional(),
  /** Only at `end-of-data`: whether the mail is in the mailbox all the same. Default false. */
  committed: z.boolean().optional(),
};

/** One fault of the mail server as plain data. */
export const smtpFaultSchema = z
  .discriminatedUnion("kind", [
    /**
     * Answers with a reply of refusal. 421 closes the connection, as does any reply at `greeting` and
     * at `message`, where the client is not yet waiting for one.
     */
    z.strictObject({
      ...placeShape,
      stage: z.enum(ANSWERED_STAGES),
      kind: z.literal("reply"),
      code: z.int().min(400).max(599),
      /** Printable ASCII, one line. Default: what servers usually say with the code. */
      text: z
        .string()
        .regex(/^[ -~]{1,400}$/, "printable ASCII, at most 400 characters")
        .optional(),
    }),
    /** Waits, then goes on. */
    z.strictObject({
      ...placeShape,
      stage: z.enum(SMTP_STAGES),
      kind: z.literal("delay"),
      delayMs: z.int().min(0),
    }),
    /** Says nothing any more; the connection stays open until the client leaves. */
    z.strictObject({ ...placeShape, stage: z.enum(SMTP_STAGES), kind: z.literal("stall") }),
    /** Breaks the connection off: ECONNRESET. */
    z.strictObject({ ...placeShape, stage: z.enum(SMTP_STAGES), kind: z.literal("reset") }),
    /** Does not offer STARTTLS on this connection, as when something in between strips it. */
    z.strictObject({
      ...occurrenceSchema.shape,
      stage: z.literal("greeting"),
      kind: z.literal("no-starttls"),
    }),
    /** Shows another certificate: signed by nobody, of another host, or expired. */
    z.strictObject({
      ...occurrenceSchema.shape,
      stage: z.literal("handshake"),
      kind: z.literal("certificate"),
      certificate: z.enum(["untrusted", "other-host", "expired"]),
    }),
    /** Answers the handshake with bytes that are no TLS, and hangs up. */
    z.strictObject({
      ...occurrenceSchema.shape,
      stage: z.literal("handshake"),
      kind: z.literal("garbage"),
    }),
  ])
  .superRefine((fault, context) => {
    const refuse = (member: string, stages: readonly SmtpStage[]): void => {
      const message = `only at ${stages.join(", ")}`;
      context.addIssue({ code: "custom", path: [member], message });
    };
    if (!("recipient" in fault || "afterBytes" in fault || "committed" in fault)) return;
    if (fault.recipient !== undefined && !RECIPIENT_STAGES.includes(fault.stage)) {
      refuse("recipient", RECIPIENT_STAGES);
    }
    if (fault.afterBytes !== undefined && fault.stage !== "message") {
      refuse("afterBytes", ["message"]);
    }
    if (fault.committed !== undefined && fault.stage !== "end-of-data") {
      refuse("committed", ["end-of-data"]);
    }
  });

/** One fault, parsed. */
export type SmtpFault = z.infer<typeof smtpFaultSchema>;

/** The kinds of fault there are. */
export type SmtpFaultKind = SmtpFault["kind"];

/** Which wrong certificate a fault shows. */
export type WrongCertificate = Extract<SmtpFault, { kind: "certificate" }>["certificate"];

/** What servers usually say with a code. */
const REPLY_TEXTS: Readonly<Record<number, string>> = {
  421: "Service not available, closing transmission channel",
  450: "Mailbox busy, try again later",
  451: "Local error in processing",
  452: "Insufficient system storage",
  454: "Temporary failure, try again later",
  530: "Authentication required",
  535: "Authentication credentials invalid",
  550: "Mailbox unavailable",
  552: "Exceeded storage allocation",
  553: "Mailbox name not allowed",
  554: "Transaction failed",
};

/** The text of a `reply` fault. */
export function replyText({ code, text }: Extract<SmtpFault, { kind: "reply" }>): string {
  return text ?? REPLY_TEXTS[code] ?? "Refused";
}
