import { message, type Message } from "../../../messages/message.ts";
import type { MailFact, PcRecord } from "../../observation/pc-record.ts";
import { inForceThroughout, isFinal, mailFate } from "./mail-fate.ts";
import type { SlotReport } from "./slot-reports.ts";

/** So long a mail may still be on its way, or be given up a little earlier. */
const MAIL_MOMENT_MS = 60_000;

/**
 * I8: a tool that the OS started, with nobody signed in, does not end by itself while a mail waits that may still
 * go out. Gives what is not so. Does not verify mails of which an address was taken out or added meanwhile, mails
 * that are too old by then, nor worlds in which a server refuses anything for good.
 */
export function leftWithMail(
  report: SlotReport,
  own: readonly MailFact[],
  reports: readonly SlotReport[],
  pc: PcRecord,
): readonly Message[] {
  if (pc.smtpFaults.some(({ faults }) => faults.some(isFinal))) return [];
  return pc.starts.flatMap(({ leftMs }): Message[] => {
    if (leftMs === undefined || report.madeToMs >= leftMs) return [];
    const wanted = inForceThroughout(pc, report.madeFromMs - 1, leftMs);
    const waiting = wanted.filter((address) => {
      const { comes, notAfterMs } = mailFate(report, reports, pc, address);
      // Where the clock was set, nobody can say how old a mail is.
      const mayWait = comes !== "never" && notAfterMs < Infinity;
      const isTold = own.some(
        ({ elapsedMs, recipients }) =>
          elapsedMs <= leftMs + MAIL_MOMENT_MS && recipients.includes(address),
      );
      return mayWait && leftMs + MAIL_MOMENT_MS < oldestMs(report, notAfterMs) && !isTold;
    });
    return waiting.map((address) => message("checked-mail.left-with-mail", { address, leftMs }));
  });
}

const DAY_MS = 86_400_000;

/** Until when a mail may still be sent, for sure. */
function oldestMs({ madeFromMs }: SlotReport, notAfterMs: number): number {
  return Math.min(madeFromMs + DAY_MS, notAfterMs);
}
