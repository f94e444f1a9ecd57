import type { SmtpFault } from "../../../sim-server/faults/smtp-fault.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import { isRefusedForRoom } from "./mail-room.ts";

/** A stretch of elapsed time. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When a mail that is tried goes out for sure: the tool holds the schedule on a PC that is awake, the
 * network is up, result mails are on, and nothing is wrong with the mail server as far as an address goes, or at all
 * where none is given. Nothing is sure any more once it had no room.
 */
export function clearSpans(pc: PcRecord, address: string | undefined): readonly Span[] {
  const events = [
    ...pc.facts.map((fact) => ({ elapsedMs: fact.elapsedMs, fact })),
    ...pc.smtpFaults.map(({ elapsedMs, faults }) => ({
      elapsedMs,
      isWell: faults.every((fault) => isAboutOthers(fault, address)),
    })),
  ].toSorted((one, other) => one.elapsedMs - other.elapsedMs);
  const state = { isOn: true, isRunning: false, hasNetwork: true, hasMail: false, isWell: true };
  const spans: Span[] = [];
  let fromMs: number | undefined;
  const fullMs = pc.smtp.find(isRefusedForRoom)?.elapsedMs ?? Infinity;
  for (const event of events) {
    if ("isWell" in event) state.isWell = event.isWell;
    else apply(state, event.fact.change);
    const isClear = Object.values(state).every(Boolean);
    if (isClear) fromMs ??= event.elapsedMs;
    else if (fromMs !== undefined) {
      spans.push({ fromMs, toMs: event.elapsedMs });
      fromMs = undefined;
    }
  }
  if (fromMs !== undefined) spans.push({ fromMs, toMs: pc.endElapsedMs });
  return spans.flatMap((span) =>
    span.fromMs < fullMs ? [{ ...span, toMs: Math.min(span.toMs, fullMs) }] : [],
  );
}

/** Whether a fault strikes the recipients of a mail one by one, and not this one. */
export function isAboutOthers(fault: SmtpFault, address: string | undefined): boolean {
  if (fault.stage !== "rcpt" || fault.kind !== "reply" || fault.code === 421) return false;
  if (address === undefined) return false;
  const { recipient = "*" } = fault;
  const [start = "", ...rest] = recipient.split("*");
  // Only what begins with a name and ends with any host; of others nobody knows.
  const isPlain =
    rest.length === 1 && rest[0] === "" && start.endsWith("@") && !start.includes("?");
  return isPlain && !address.startsWith(start);
}

function apply(
  state: { isOn: boolean; isRunning: boolean; hasNetwork: boolean; hasMail: boolean },
  change: PcRecord["facts"][number]["change"],
): void {
  if (change.what === "power") state.isOn = change.power === "on";
  else if (change.what === "tool") {
    state.isRunning = change.state === "person" || change.state === "task";
  } else if (change.what === "network") state.hasNetwork = change.isUp;
  else if (change.what === "mail") state.hasMail = change.mail !== null;
}
