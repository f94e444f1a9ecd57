import type { MailFact, PcRecord } from "../../observation/pc-record.ts";
import { inForceAt } from "./mail-fate.ts";
import { isMailOf } from "./mail-of-slot.ts";
import type { SlotReport } from "./slot-reports.ts";

/** Within so little time of each other, two things may have come in either order. */
const EITHER_ORDER_WITHIN_MS = 200;

/**
 * The mails that tell of a slot. Those of two slots of one day, of a clock that was set back, look alike: each
 * belongs to the slot that was over last. Undefined where a mail of the earlier one may have come so late that
 * nobody can tell whose it is.
 */
export function mailsOfReport(
  report: SlotReport,
  reports: readonly SlotReport[],
  mails: readonly MailFact[],
  pc: PcRecord,
): readonly MailFact[] | undefined {
  const own = mails.filter((mail) => isMailOf(mail, report, pc));
  const ofDay = reports
    .filter(({ day }) => day === report.day)
    .toSorted((one, other) => one.madeFromMs - other.madeFromMs);
  if (ofDay.length === 1) return own;
  if (mayHaveWaited(pc)) return undefined;
  const stretches = ofDay.map((each, at) => {
    const fromMs = each.madeFromMs - EITHER_ORDER_WITHIN_MS;
    const toMs = (ofDay[at + 1]?.madeFromMs ?? Infinity) - EITHER_ORDER_WITHIN_MS;
    return { each, toMs, isOwn: (atMs: number) => atMs >= fromMs && atMs < toMs };
  });
  const areClear = stretches.every(
    ({ each, toMs, isOwn }) =>
      toMs === Infinity ||
      !each.isWorthMail ||
      areAllTold(
        mails.filter((mail) => isMailOf(mail, each, pc) && isOwn(mail.elapsedMs)),
        each,
        pc,
      ),
  );
  if (!areClear) return undefined;
  const mine = stretches.find(({ each }) => each === report);
  return own.filter(({ elapsedMs }) => mine?.isOwn(elapsedMs) === true);
}

/** Whether anything may have kept a mail from being sent, or the tool from hearing that it was. */
function mayHaveWaited({ smtpFaults, facts }: PcRecord): boolean {
  return (
    smtpFaults.some(({ faults }) => faults.length > 0) ||
    facts.some(({ change }) => change.what === "network" && !change.isUp)
  );
}

function areAllTold(mails: readonly MailFact[], { madeFromMs }: SlotReport, pc: PcRecord): boolean {
  const told = new Set(mails.flatMap(({ recipients }) => recipients));
  return (inForceAt(pc, madeFromMs)?.to ?? []).every((address) => told.has(address));
}
