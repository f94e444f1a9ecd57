import { testMailRefusals } from "./test-mail-refusals.ts";
import type { SmtpStage } from "../../../sim-server/faults/smtp-fault.ts";
import type { Hit } from "../../coverage/ledger.ts";
import { inForceAt, inForceThroughout, mailFate, type MailFate } from "./mail-fate.ts";
import { leftWithMail } from "./left-with-mail.ts";
import { wrongTest, wrongWords } from "./mail-words.ts";
import { isRefusedForRoom } from "./mail-room.ts";
import { mailsOfReport } from "./mails-of-report.ts";
import { wrongWays } from "./mail-way.ts";
import type { CheckedSlots } from "../schedule/check-slots.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { slotReports, type SlotReport } from "./slot-reports.ts";
import type { MailFact, PcChange, PcRecord } from "../../observation/pc-record.ts";
import type { CheckResult } from "../shared/check-result.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";

/** What the subject of a test mail holds, and that of no other. */
const TEST_WORDS = "テストメール";

/** Within so little time of each other, two things may have come in either order. */
const MAIL_EITHER_ORDER_WITHIN_MS = 200;

/**
 * I8: one mail for each automatic run that did not complete, to the addresses that were tried out and
 * confirmed and to nobody else; none for a run that did; sent once, whatever happened meanwhile. Verifies
 * that it comes, by when, to whom, by which way, and that it says what the history says. Does not verify
 * slots whose day came twice where mails of the first may have waited.
 */
export function checkMails(
  record: Pick<RunRecord, "backups" | "deletions" | "pc" | "scenario">,
  { rows, isWhole }: Pick<CheckedSlots, "rows" | "isWhole">,
): CheckResult {
  const { backups, deletions, pc } = record;
  if (pc === undefined) return { violations: [], hits: [] };
  const reports = slotReports(rows, { backups, deletions }, pc);
  const violations: Violation[] = [];
  const hits: Hit[] = [];
  const say = (said: Message): void => {
    violations.push({ invariant: "I8", message: said });
  };
  checkActs(pc, say);
  if (isPlainNetwork(record.scenario)) {
    checkTests(pc, say);
    testMailRefusals(pc).forEach(say);
  }
  if (
    pc.mailActs.some(({ act, isTrue, isAccepted }) => act === "confirm" && !isTrue && !isAccepted)
  ) {
    hits.push({ cause: "MAIL-UNTESTED", phase: "first-try" });
  }
  const results = pc.mails.filter((mail) => !isTest(mail));
  for (const said of wrongWays(pc, isTest)) say(said);
  for (const mail of pc.mails) if (isTest(mail)) wrongTest(mail, pc).forEach(say);
  for (const mail of results) checkAddresses(mail, pc, say);
  const told = new Set<MailFact>();
  for (const report of reports) {
    const own = mailsOfReport(report, reports, results, pc);
    if (own === undefined) continue;
    for (const mail of own) told.add(mail);
    const fate = mailFate(report, reports, pc, undefined);
    checkOne(report, own, fate, pc, say);
    checkTold(report, own, { reports, pc }, say);
    for (const what of [
      ...wrongWords(report, own, record),
      ...leftWithMail(report, own, reports, pc),
    ]) {
      say(message("checked-mail.of-slot", { day: report.day, what }));
    }
    hits.push(...hitsOf(report, own, fate, pc));
  }
  for (const mail of results) {
    if (!isWhole || told.has(mail)) continue;
    say(message("checked-mail.of-no-slot", { subject: JSON.stringify(mail.subject) }));
  }
  return { violations, hits: violations.length === 0 ? hits : [] };
}

type Say = (said: Message) => void;

function isTest({ subject }: MailFact): boolean {
  return subject.replaceAll(/\s/g, "").includes(TEST_WORDS);
}

function checkActs(pc: PcRecord, say: Say): void {
  const { mailActs, mails: all } = pc;
  for (const { act, isAccepted, isTrue, elapsedMs } of mailActs) {
    if (isAccepted && !isTrue) say(message("checked-mail.false-accepted", { act }));
    // Whoever did not hear that the server has the mail was told the truth.
    if (!isAccepted && isTrue && !mayHideAcceptance(pc, elapsedMs))
      say(message("checked-mail.true-refused", { act }));
  }
  const testCount = new Set(all.filter((mail) => isTest(mail)).map(({ messageId }) => messageId))
    .size;
  const askedCount = mailActs.filter(({ act }) => act === "test").length;
  if (testCount > askedCount) {
    say(message("checked-mail.test-count", { came: testCount, asked: askedCount }));
  }
}

/** Whether a fault in force then may have hidden from the tool that the server took a mail. */
function mayHideAcceptance({ smtpFaults }: PcRecord, atMs: number): boolean {
  const inForce = smtpFaults.findLast(({ elapsedMs }) => elapsedMs <= atMs)?.faults ?? [];
  return inForce.some(({ stage }) => ACCEPTING.has(stage));
}

/** Whether nothing stands between the PC and the mail server all the time. */
function isPlainNetwork({ network, timeline }: Scenario): boolean {
  return network === undefined && timeline.every(({ do: act }) => act !== "set-network");
}

/** A test mail comes where its settings are right and nothing is in its way. */
function checkTests({ mailActs, smtpFaults, facts, smtp }: PcRecord, say: Say): void {
  for (const { act, settings, isTrue, beganMs, elapsedMs } of mailActs) {
    if (act !== "test" || isTrue || settings === null) continue;
    const isSettled =
      settings.hasRightPassword !== false && (settings.secure || settings.port === 25);
    const inForce = smtpFaults.findLast((fault) => fault.elapsedMs <= elapsedMs)?.faults ?? [];
    const isHindered = facts.some(
      (fact, index) =>
        fact.elapsedMs <= elapsedMs &&
        cutsOff(fact.change) &&
        isStillSo(facts.slice(index + 1), fact.change, beganMs),
    );
    const hadNoRoom = smtp.some(
      (fact) => isRefusedForRoom(fact) && fact.elapsedMs >= beganMs && fact.elapsedMs <= elapsedMs,
    );
    if (isSettled && inForce.length === 0 && !isHindered && !hadNoRoom)
      say(message("checked-mail.test-failed", { elapsedMs }));
  }
}

/** Whether nothing of the kind has changed by then. */
function isStillSo(later: PcRecord["facts"], { what }: PcChange, atMs: number): boolean {
  return !later.some(({ change, elapsedMs }) => change.what === what && elapsedMs <= atMs);
}

function checkAddresses(mail: MailFact, pc: PcRecord, say: Say): void {
  const allowed = [0, MAIL_EITHER_ORDER_WITHIN_MS].flatMap(
    (ms) => inForceAt(pc, mail.elapsedMs - ms)?.to ?? [],
  );
  for (const address of mail.recipients) {
    if (allowed.includes(address)) continue;
    const subject = JSON.stringify(mail.subject);
    say(message("checked-mail.other-address", { subject, address, elapsedMs: mail.elapsedMs }));
  }
}

function checkOne(
  report: SlotReport,
  own: readonly MailFact[],
  fate: MailFate,
  pc: PcRecord,
  say: Say,
): void {
  const sayOf: Say = (what) => say(message("checked-mail.of-slot", { day: report.day, what }));
  const ids = new Set(own.map(({ messageId }) => messageId));
  if (ids.size > 1) sayOf(message("checked-mail.several", { count: ids.size }));
  for (const mail of own) {
    if (fate.comes === "never") sayOf(message("checked-mail.not-wanted"));
    if (mail.elapsedMs < report.madeFromMs - MAIL_EITHER_ORDER_WITHIN_MS)
      sayOf(message("checked-mail.too-early"));
    if (mail.elapsedMs > fate.notAfterMs + MAIL_EITHER_ORDER_WITHIN_MS)
      sayOf(message("checked-mail.too-late"));
  }
  if (wasUndisturbed(report, own, pc)) {
    const all = own.flatMap(({ recipients }) => recipients);
    if (new Set(all).size < all.length) sayOf(message("checked-mail.told-twice"));
  }
}

/** Each address has the mail as soon as nothing is in its way, whatever becomes of the others. */
function checkTold(
  report: SlotReport,
  own: readonly MailFact[],
  { reports, pc }: { readonly reports: readonly SlotReport[]; readonly pc: PcRecord },
  say: Say,
): void {
  const { day, madeFromMs } = report;
  for (const address of inForceAt(pc, madeFromMs)?.to ?? []) {
    const { comes, byMs } = mailFate(report, reports, pc, address);
    if (comes !== "must" || !inForceThroughout(pc, madeFromMs, byMs).includes(address)) continue;
    const isTold = own.some(
      ({ elapsedMs, recipients }) => elapsedMs <= byMs && recipients.includes(address),
    );
    if (isTold) continue;
    const what = message("checked-mail.not-told", { address, byMs });
    say(message("checked-mail.of-slot", { day, what }));
  }
}

/** Whether nothing can have made a mail go out twice: no acceptance of it was cut off. */
function wasUndisturbed(
  { madeFromMs }: SlotReport,
  own: readonly MailFact[],
  pc: PcRecord,
): boolean {
  const untilMs = Math.max(0, ...own.map(({ elapsedMs }) => elapsedMs));
  const mayHide = pc.smtpFaults.some(
    ({ elapsedMs, faults }, index) =>
      elapsedMs <= untilMs &&
      (pc.smtpFaults[index + 1]?.elapsedMs ?? Infinity) >= madeFromMs &&
      faults.some(({ stage }) => ACCEPTING.has(stage)),
  );
  return !mayHide && !pc.facts.some((fact) => isCutOff(fact, madeFromMs, own));
}

/** Whether something ended an exchange with the mail server in which it took one of these mails. */
function isCutOff(
  { change, elapsedMs }: PcRecord["facts"][number],
  fromMs: number,
  mails: readonly MailFact[],
): boolean {
  return (
    elapsedMs >= fromMs &&
    cutsOff(change) &&
    mails.some((mail) => Math.abs(mail.elapsedMs - elapsedMs) <= CUT_WITHIN_MS)
  );
}

/** An exchange is over so long after the server took its mail. */
const CUT_WITHIN_MS = 60_000;

/** Whether a change may end an exchange with the mail server in its middle. */
function cutsOff(change: PcChange): boolean {
  if (change.what === "power") return change.power !== "on";
  if (change.what === "tool") return change.state === "closed" || change.state === "killed";
  return change.what === "network" && !change.isUp;
}

/** Faults there may hide from the tool that the server has the mail. */
const ACCEPTING: ReadonlySet<SmtpStage> = new Set(["data", "message", "end-of-data"]);

function hitsOf(
  { madeToMs, isWorthMail }: SlotReport,
  own: readonly MailFact[],
  fate: MailFate,
  pc: PcRecord,
): readonly Hit[] {
  const [mail] = own;
  if (mail === undefined) {
    const couldBe = inForceAt(pc, madeToMs) !== null;
    if (!isWorthMail) return couldBe ? [{ cause: "MAIL-NONE", phase: "first-try" }] : [];
    const wasTried = pc.smtp.some(
      ({ kind, elapsedMs }) => kind === "fault" && elapsedMs > madeToMs,
    );
    if (fate.end === "refused") return [{ cause: "MAIL-REFUSED", phase: "first-try" }];
    if (fate.end === "switched-off") {
      const isOnAgain = inForceAt(pc, pc.endElapsedMs) !== null;
      return isOnAgain ? [{ cause: "MAIL-SWITCHED-OFF", phase: "first-try" }] : [];
    }
    const isGivenUp = fate.end === "given-up" && wasTried;
    return isGivenUp ? [{ cause: "MAIL-GIVEN-UP", phase: "after-retry" }] : [];
  }
  if (fate.comes !== "must") return [];
  const since = ({ elapsedMs }: { readonly elapsedMs: number }): boolean =>
    elapsedMs > madeToMs && elapsedMs < mail.elapsedMs;
  const wasEnded = pc.facts.some(
    (fact) =>
      since(fact) &&
      fact.change.what === "tool" &&
      ["closed", "killed"].includes(fact.change.state),
  );
  if (wasEnded) return [{ cause: "MAIL-SENT", phase: "after-restart" }];
  const wasRefused = pc.smtp.some((fact) => since(fact) && fact.kind === "fault");
  return [{ cause: "MAIL-SENT", phase: wasRefused ? "after-retry" : "first-try" }];
}
