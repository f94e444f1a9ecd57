import { FOREIGN_ANSWER_NAMES } from "../../src/sim-server/faults/foreign-answers.ts";
import {
  ANSWERED_STAGES,
  SMTP_STAGES,
  type SmtpFault,
  type SmtpFaultKind,
} from "../../src/sim-server/faults/smtp-fault.ts";
import {
  HOSTILE_ENTRIES,
  storageFaultSchema,
  type StorageFault,
  type StorageFaultKind,
} from "../../src/sim-server/faults/storage-fault.ts";

/*
 * All that somebody outside can say or do to a client, as faults. Whoever tries outsiders takes them from
 * here: with a new kind, this file does not compile until it is in the list.
 */

type OfKind<Fault extends { readonly kind: string }, Kind> = Extract<Fault, { kind: Kind }>;

const STORAGE_FAULTS: { readonly [K in StorageFaultKind]: readonly OfKind<StorageFault, K>[] } = {
  status: [
    { kind: "status", status: 403, code: "access-refused" },
    { kind: "status", status: 401, code: "session-expired" },
    { kind: "status", status: 401, code: "invalid-credentials" },
    { kind: "status", status: 503, retryAfterSeconds: 1, retryAfterForm: "date" },
  ],
  "block-page": [{ kind: "block-page" }],
  "unknown-answer": [{ kind: "unknown-answer" }],
  foreign: FOREIGN_ANSWER_NAMES.map((answer) => ({ kind: "foreign", answer })),
  delay: [{ kind: "delay", delayMs: 5 }],
  reset: [{ kind: "reset" }, { kind: "reset", afterBytes: 1 }],
  "reset-after-commit": [{ kind: "reset-after-commit" }],
  "never-answer": [{ kind: "never-answer" }],
  "never-answer-after-commit": [{ kind: "never-answer-after-commit" }],
  "truncate-response": [{ kind: "truncate-response", afterBytes: 3 }],
  "reset-response": [{ kind: "reset-response", afterBytes: 3 }],
  "corrupt-response": [{ kind: "corrupt-response" }, { kind: "corrupt-response", resealed: true }],
  "wrong-digest": [{ kind: "wrong-digest" }],
  "corrupt-request-body": [{ kind: "corrupt-request-body" }],
  "hostile-listing": HOSTILE_ENTRIES.map((entry) => ({
    kind: "hostile-listing",
    entries: [entry],
  })),
  "endless-listing": [{ kind: "endless-listing" }],
  "false-file": [{ kind: "false-file" }],
  slow: [{ kind: "slow", bytesPerSecond: 100_000 }],
};

const SMTP_FAULTS: { readonly [K in SmtpFaultKind]: readonly OfKind<SmtpFault, K>[] } = {
  reply: ANSWERED_STAGES.map((stage) => ({ kind: "reply", stage, code: 550 })),
  delay: SMTP_STAGES.map((stage) => ({ kind: "delay", stage, delayMs: 5 })),
  stall: SMTP_STAGES.map((stage) => ({ kind: "stall", stage })),
  reset: SMTP_STAGES.map((stage) => ({ kind: "reset", stage })),
  "no-starttls": [{ kind: "no-starttls", stage: "greeting" }],
  certificate: (["untrusted", "other-host", "expired"] as const).map((certificate) => ({
    kind: "certificate",
    stage: "handshake",
    certificate,
  })),
  garbage: [{ kind: "garbage", stage: "handshake" }],
};

/** Every fault of the storage service, and of whatever answers in its place. */
export const OUTSIDER_STORAGE_FAULTS: readonly StorageFault[] =
  Object.values(STORAGE_FAULTS).flat();

/** Every fault of the mail server, at every stage. */
export const OUTSIDER_SMTP_FAULTS: readonly SmtpFault[] = Object.values(SMTP_FAULTS).flat();

/** Those of the storage service that have words of their own: as they are when they repeat secrets. */
export const INDISCREET_STORAGE_FAULTS: readonly StorageFault[] = OUTSIDER_STORAGE_FAULTS.flatMap(
  (fault) => {
    const parsed = storageFaultSchema.safeParse({ ...fault, repeatsSecrets: true });
    return parsed.success ? [parsed.data] : [];
  },
);

/** Those of the mail server that say a text. */
export function indiscreetSmtpFaults(text: string): readonly SmtpFault[] {
  return SMTP_FAULTS.reply.map((fault) => ({ ...fault, text }));
}
