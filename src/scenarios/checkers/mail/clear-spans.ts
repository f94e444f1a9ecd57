import type { PcRecord } from "../../observation/pc-record.ts";

/** A stretch of elapsed time. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * When a mail that is tried goes out for sure: the tool holds the schedule on a PC that is awake, the
 * network is up, result mails are on, and nothing is wrong with the mail server.
 */
export function clearSpans(pc: PcRecord): readonly Span[] {
  const events = [
    ...pc.facts.map((fact) => ({ elapsedMs: fact.elapsedMs, fact })),
    ...pc.smtpFaults.map(({ elapsedMs, faults }) => ({ elapsedMs, isWell: faults.length === 0 })),
  ].toSorted((one, other) => one.elapsedMs - other.elapsedMs);
  const state = { isOn: true, isRunning: false, hasNetwork: true, hasMail: false, isWell: true };
  const spans: Span[] = [];
  let fromMs: number | undefined;
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
  return spans;
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
