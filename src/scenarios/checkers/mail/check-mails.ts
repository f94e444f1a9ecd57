import { STATUS_LABELS } from "../../../protocol/status.ts";
import type { SmtpStage } from "../../../sim-server/faults/smtp-fault.ts";
import type { Hit } from "../../coverage/ledger.ts";
import { clearSpans } from "./clear-spans.ts";
import { inForceAt, inForceThroughout, mailFate, type MailFate } from "./mail-fate.ts";
import { isMailOf } from "./mail-of-slot.ts";
import type { CheckedSlots } from "../schedule/check-slots.ts";
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
 * that it comes, by when, to whom, and that it names each row's status and causes. Does not verify how
 * the mail is laid out, nor slots whose day came twice.
 */
export function checkMails(
  { backups, deletions, pc }: Pick<RunRecord, "backups" | "deletions" | "pc">,
  { rows, isWhole }: Pick<CheckedSlots, "rows" | "isWhole">,
): CheckResult {
  if (pc === undefined) return { violations: [], hits: [] };
  const reports = slotReports(rows, { backups, deletions }, pc);
  const violations: Violation[] = [];
  const hits: Hit[] = [];
  const say = (said: Message): void => {
    violations.push({ invariant: "I8", message: said });
  };
  checkActs(pc, say);
  if (
    pc.mailActs.some(({ act, isTrue, isAccepted }) => act === "confirm" && !isTrue && !isAccepted)
  ) {
    hits.push({ cause: "MAIL-UNTESTED", phase: "first-try" });
  }
  const results = pc.mails.filter(({ subject }) => !subject.includes(TEST_WORDS));
  for (const mail of results) checkAddresses(mail, pc, say);
  const spans = clearSpans(pc);
  const told = new Set<MailFact>();
  for (const report of reports) {
    const own = results.filter((mail) => isMailOf(mail, report, pc));
    for (const mail of own) told.add(mail);
    const fate = mailFate(report, reports, spans, pc);
    checkOne(report, own, fate, pc, say);
    hits.push(...hitsOf(report, own, fate, pc));
  }
  for (const mail of results) {
    if (!isWhole || told.has(mail)) continue;
    say(message("checked-mail.of-no-slot", { subject: JSON.stringify(mail.subject) }));
  }
  return { violations, hits: violations.length === 0 ? hits : [] };
}

type Say = (said: Message) => void;

function checkActs(pc: PcRecord, say: Say): void {
  const { mailActs, mails: all } = pc;
  for (const { act, isAccepted, isTrue, elapsedMs } of mailActs) {
    if (isAccepted && !isTrue) say(message("checked-mail.false-accepted", { act }));
    // Whoever did not hear that the server has the mail was told the truth.
    if (!isAccepted && isTrue && !mayHideAcceptance(pc, elapsedMs))
      say(message("checked-mail.true-refused", { act }));
  }
  const testCount = new Set(
    all.filter(({ subject }) => subject.includes(TEST_WORDS)).map(({ messageId }) => messageId),
  ).size;
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
    checkText(report, mail, sayOf);
  }
  if (fate.comes === "must") {
    const reached = own
      .filter(({ elapsedMs }) => elapsedMs <= fate.byMs)
      .flatMap(({ recipients }) => recipients);
    for (const address of inForceThroughout(pc, report.madeFromMs, fate.byMs)) {
      if (reached.includes(address)) continue;
      sayOf(message("checked-mail.not-told", { address, byMs: fate.byMs }));
    }
  }
  if (wasUndisturbed(report, pc)) {
    const all = own.flatMap(({ recipients }) => recipients);
    if (new Set(all).size < all.length) sayOf(message("checked-mail.told-twice"));
  }
}

/** The mail shows the status and the causes of each row, and its subject what they come to on which PC. */
function checkText({ rows }: SlotReport, mail: MailFact, say: Say): void {
  // Long lines are folded, also within a word.
  const text = mail.text.replaceAll("\n", "");
  if (!subjectsOf(rows, text).includes(mail.subject))
    say(message("checked-mail.other-subject", { subject: JSON.stringify(mail.subject) }));
  for (const { status, causes } of rows) {
    if (!text.includes(STATUS_LABELS[status]))
      say(message("checked-mail.lacks-status", { status }));
    if (status === "completed") continue;
    for (const cause of causes) {
      if (!text.includes(cause)) say(message("checked-mail.lacks-cause", { cause }));
    }
  }
}

/** The subjects that a mail about these rows may have: at most two statuses, of those that are not 完了, are named. */
function subjectsOf(rows: SlotReport["rows"], text: string): readonly string[] {
  const device = /PC「(.*?)」の自動バックアップ/.exec(text)?.[1] ?? "";
  const troubled = rows.filter(({ status }) => status !== "completed");
  const labels = [...new Set(troubled.map(({ status }) => STATUS_LABELS[status]))];
  const named =
    labels.length < 2
      ? labels
      : labels.flatMap((one) =>
          labels.filter((other) => other !== one).map((other) => `${one}、${other}`),
        );
  const more = labels.length > 2 ? " ほか" : "";
  return named.map((label) => `【自動バックアップ】${label}${more}: ${device}`);
}

/** Whether nothing can have made a mail go out twice: no acceptance of it was cut off. */
function wasUndisturbed({ madeFromMs }: SlotReport, pc: PcRecord): boolean {
  return (
    pc.smtpFaults.every(({ faults }) => faults.every(({ stage }) => !ACCEPTING.has(stage))) &&
    !pc.facts.some(({ change, elapsedMs }) => elapsedMs >= madeFromMs && cutsOff(change))
  );
}

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
