import type { SmtpFault } from "../../../sim-server/faults/smtp-fault.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import { clearSpans, isAboutOthers, type Span } from "./clear-spans.ts";
import type { SlotReport } from "./slot-reports.ts";

/** What must become of the mail of one slot, from the moment at which it was made. */
export interface MailFate {
  /** `must`: it has to come; `may`: nobody can tell; `never`: it may not come. */
  readonly comes: "must" | "may" | "never";
  /** By when it has to come. */
  readonly byMs: number;
  /** After that it may not come any more. */
  readonly notAfterMs: number;
  /** What ends its life when it does not come. */
  readonly end: "none-made" | "refused" | "given-up" | "switched-off" | undefined;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How long a try that succeeds takes at most. */
const MAIL_DUE_WITHIN_MS = MINUTE_MS;
/** The longest pause between two tries, and something. */
const PAUSE_MS = 62 * MINUTE_MS;
/** The longest that one try may take. */
const EXCHANGE_MS = 31 * MINUTE_MS;

/** What the world says must become of the mail of a slot for an address, or without one as a whole (D14). `reports` are all that are made. */
export function mailFate(
  report: SlotReport,
  reports: readonly SlotReport[],
  pc: PcRecord,
  address: string | undefined,
): MailFate {
  const { madeFromMs, madeToMs, isWorthMail } = report;
  const before = inForceAt(pc, madeFromMs - 1);
  const wasChanged = pc.facts.some(
    ({ change, elapsedMs }) =>
      change.what === "mail" && elapsedMs >= madeFromMs && elapsedMs <= madeToMs,
  );
  if (!isWorthMail || (before === null && !wasChanged)) {
    return { comes: "never", byMs: 0, notAfterMs: 0, end: "none-made" };
  }
  const offMs = pc.facts.find(
    ({ change, elapsedMs }) =>
      change.what === "mail" && change.mail === null && elapsedMs > madeToMs,
  )?.elapsedMs;
  const tooOldMs = madeToMs + DAY_MS;
  const hasOwnTime = !pc.facts.some(
    ({ change, elapsedMs }) => change.what === "clock" && elapsedMs >= madeFromMs,
  );
  const refusal = finalRefusal(report, reports, pc, address);
  const notAfterMs = Math.min(
    offMs ?? Infinity,
    refusal.sureMs ?? Infinity,
    hasOwnTime ? tooOldMs + EXCHANGE_MS : Infinity,
  );
  const byMs = sureBy(report, clearSpans(pc, address), pc, address);
  const isSure =
    !wasChanged &&
    hasOwnTime &&
    byMs !== undefined &&
    byMs < Math.min(offMs ?? Infinity, tooOldMs) &&
    byMs <= (refusal.perhapsMs ?? Infinity);
  const end =
    refusal.sureMs !== undefined
      ? "refused"
      : hasOwnTime && tooOldMs + EXCHANGE_MS < pc.endElapsedMs && offMs === undefined
        ? "given-up"
        : offMs === undefined
          ? undefined
          : "switched-off";
  return { comes: isSure ? "must" : "may", byMs: byMs ?? Infinity, notAfterMs, end };
}

/** What mails are sent with at a moment. */
export function inForceAt(pc: PcRecord, atMs: number): { readonly to: readonly string[] } | null {
  const fact = pc.facts.findLast(
    ({ change, elapsedMs }) => change.what === "mail" && elapsedMs <= atMs,
  );
  return fact?.change.what === "mail" ? fact.change.mail : null;
}

/** The addresses to which mails were to go all the time between two moments. */
export function inForceThroughout(pc: PcRecord, fromMs: number, toMs: number): readonly string[] {
  const later = pc.facts.flatMap(({ change, elapsedMs }) =>
    change.what === "mail" && elapsedMs > fromMs && elapsedMs <= toMs
      ? [change.mail?.to ?? []]
      : [],
  );
  const first = inForceAt(pc, fromMs)?.to ?? [];
  return first.filter((address) => later.every((to) => to.includes(address)));
}

/** By when a mail must be out: at once where nothing is in its way, else by the next try that nothing hinders. */
function sureBy(
  { madeFromMs, madeToMs }: SlotReport,
  spans: readonly Span[],
  pc: PcRecord,
  address: string | undefined,
): number | undefined {
  const atOnce = spans.find(
    ({ fromMs, toMs }) =>
      (fromMs + EXCHANGE_MS <= madeFromMs ||
        (isNeverHindered(pc, address) && fromMs <= madeFromMs)) &&
      madeToMs + MAIL_DUE_WITHIN_MS <= toMs,
  );
  const wasOut = pc.facts.some(({ change }) => change.what === "network" && !change.isUp);
  if (atOnce !== undefined && !wasOut) return madeToMs + MAIL_DUE_WITHIN_MS;
  for (const { fromMs, toMs } of spans) {
    const startMs = Math.max(fromMs, madeToMs);
    const byMs = startMs + PAUSE_MS + EXCHANGE_MS;
    if (byMs <= toMs) return byMs;
  }
  return undefined;
}

/** Whether nothing was ever wrong with the mail server for an address. */
function isNeverHindered({ smtpFaults }: PcRecord, address: string | undefined): boolean {
  return smtpFaults.every(({ faults }) => faults.every((fault) => isAboutOthers(fault, address)));
}

interface Refusal {
  /** From when on the mail is refused for good, for sure. */
  readonly sureMs: number | undefined;
  /** When it may first have been. */
  readonly perhapsMs: number | undefined;
}

/** When the mail server refused something for good while the mail waited. */
function finalRefusal(
  report: SlotReport,
  reports: readonly SlotReport[],
  pc: PcRecord,
  address: string | undefined,
): Refusal {
  const strikes = pc.smtp.filter(
    ({ kind, elapsedMs }) => kind === "fault" && elapsedMs >= report.madeFromMs,
  );
  const first = strikes.find(({ elapsedMs, detail }) =>
    faultsAt(pc, elapsedMs, detail).some(
      (fault) => isFinal(fault) && !isAboutOthers(fault, address),
    ),
  );
  if (first === undefined) return { sureMs: undefined, perhapsMs: undefined };
  const struck = faultsAt(pc, first.elapsedMs, first.detail);
  const isAlone = reports.every(
    (other) =>
      other === report ||
      !other.isWorthMail ||
      other.madeFromMs > first.elapsedMs ||
      other.madeFromMs < report.madeFromMs - 2 * DAY_MS,
  );
  const others = pc.mailActs.some(
    ({ elapsedMs }) => Math.abs(elapsedMs - first.elapsedMs) <= EXCHANGE_MS,
  );
  const isOfAll = struck.every(
    (fault) => isFinal(fault) && (!("recipient" in fault) || fault.recipient === undefined),
  );
  const isSure =
    isAlone && !others && isOfAll && (inForceAt(pc, first.elapsedMs)?.to.length === 1 || isOfAll);
  return {
    sureMs: isSure ? first.elapsedMs + MAIL_DUE_WITHIN_MS : undefined,
    perhapsMs: first.elapsedMs,
  };
}

/** The faults in force that a line of the mail server may be about: `stage kind`. */
function faultsAt(pc: PcRecord, atMs: number, detail: string): readonly SmtpFault[] {
  const inForce = pc.smtpFaults.findLast(({ elapsedMs }) => elapsedMs <= atMs)?.faults ?? [];
  return inForce.filter(({ stage, kind }) => detail === `${stage} ${kind}`);
}

/** Whether trying again cannot help. */
export function isFinal(fault: SmtpFault): boolean {
  if (fault.kind === "reply") return fault.code >= 500;
  return fault.kind === "certificate" || fault.kind === "no-starttls";
}
