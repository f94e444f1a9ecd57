import type { JobRecord } from "../../protocol/job-record.ts";
import { clearSpans } from "../checkers/mail/clear-spans.ts";
import { unlikeSource } from "../checkers/whole-run/i4-healing.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { CrashFact } from "../observation/crash-fact.ts";
import type { PcRecord } from "../observation/pc-record.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { message, type Message } from "../../messages/message.ts";

/**
 * I9: each slot has one row for each source, and a deletion at most; none is left begun. Not checked: which
 * slots there have to be, which the checkers of schedules reckon.
 */
export function onceASlot({ pc, unfinished }: RunRecord): Violation[] {
  if (pc === undefined) return [];
  const violations: Violation[] = [];
  const say = (said: Message): void => void violations.push({ invariant: "I9", message: said });
  for (const day of slotDays(pc.backups)) {
    for (const source of new Set(pc.backups.map(({ sourcePath }) => sourcePath))) {
      const count = (jobs: readonly JobRecord[]): number =>
        jobs.filter((job) => job.slotDay === day && job.sourcePath === source).length;
      const [backups, deletions] = [count(pc.backups), count(pc.deletions)];
      const about = { source, day };
      if (backups !== 1) say(message("checked-crash.slot-rows", { ...about, count: backups }));
      if (deletions > 1) {
        say(message("checked-crash.slot-deletions", { ...about, count: deletions }));
      }
    }
  }
  if (unfinished.slots > 0) say(message("checked-crash.slots-open", { count: unfinished.slots }));
  return violations;
}

/**
 * I8: one mail for each slot with a row that is not 完了, and no other. The one whose acceptance the crash
 * cut may have come twice, with the same Message-ID (decision 0011), and what the crash held up may be given up
 * where the tool has no time for it any more. Not checked where a step changes the
 * mail settings, the mail server, the network or the clock.
 */
export function oneMailPerTroubledSlot(
  { pc, unfinished, scenario }: RunRecord,
  crash: CrashFact,
): Violation[] {
  const isMailSteady = scenario.timeline.every((step) => !CHANGING_MAIL.has(step.do));
  if (pc === undefined || scenario.mail === undefined || !isMailSteady) return [];
  const violations: Violation[] = [];
  const say = (said: Message): void => void violations.push({ invariant: "I8", message: said });
  const rows = [...pc.backups, ...pc.deletions];
  const troubled = slotDays(rows.filter(({ status }) => status !== "completed"));
  const ids = pc.mails
    .filter(({ subject }) => !subject.includes(TEST_WORDS))
    .map(({ messageId }) => messageId);
  if (ids.includes("")) say(message("checked-crash.no-message-id"));
  const different = new Set(ids).size;
  const lackCount = troubled.size - different;
  // Where the tool then has no minute on a PC that is on, they are given up after a day (D14).
  const mayLackCount = hadTimeAfter(pc, crash.elapsedMs) ? 0 : dueBefore(rows, crash, pc).size;
  if (lackCount < 0 || lackCount > mayLackCount) {
    say(message("checked-crash.mail-count", { mails: different, slots: troubled.size }));
  }
  const doubles = ids.length - different;
  // A crash of the scenario's own may come while a mail is under way too.
  if (doubles > (crash.isMailing ? 1 : 0) + ownCrashCount(scenario)) {
    say(message("checked-crash.mails-twice", { count: doubles }));
  }
  if (unfinished.mails > 0) say(message("checked-crash.mails-wait", { count: unfinished.mails }));
  return violations;
}

function ownCrashCount({ timeline }: RunRecord["scenario"]): number {
  return timeline
    .flatMap((step) => ("disturbances" in step ? (step.disturbances ?? []) : []))
    .filter(({ what }) => what.do === "kill" || what.do === "power-loss").length;
}

/** Whether a mail that a crash held up can go out before it is too old: the tool tries it when it starts. */
function hadTimeAfter(pc: PcRecord, crashMs: number): boolean {
  return clearSpans(pc, undefined).some(
    ({ fromMs, toMs }) =>
      fromMs > crashMs &&
      fromMs < crashMs + MAIL_KEPT_MS - MAIL_DUE_WITHIN_MS &&
      toMs - fromMs >= MAIL_DUE_WITHIN_MS,
  );
}

/** The days of troubled slots whose mails a crash can have held up: those that were due before it. */
function dueBefore(
  rows: readonly JobRecord[],
  { elapsedMs }: CrashFact,
  { endElapsedMs, endWallMs }: PcRecord,
): ReadonlySet<number> {
  // No clock is set in a scenario that is looked at here.
  const crashWallMs = endWallMs - (endElapsedMs - elapsedMs);
  return slotDays(
    rows.filter(({ status, startedAtMs }) => status !== "completed" && startedAtMs <= crashWallMs),
  );
}

const MINUTE_MS = 60_000;
/** A mail that nothing hinders is out within so long. */
const MAIL_DUE_WITHIN_MS = MINUTE_MS;
/** A mail that waited for so long is given up. */
const MAIL_KEPT_MS = 24 * 60 * MINUTE_MS;

/** With one of these, somebody may be meant to have no mail of a slot, or none can come. */
const CHANGING_MAIL: ReadonlySet<string> = new Set([
  "set-mail",
  "test-mail",
  "confirm-mail",
  "switch-mail",
  "smtp-faults",
  "network-down",
  "set-clock",
  "set-zone",
]);

/** What the subject of a test mail holds, and that of no other. */
const TEST_WORDS = "テストメール";

/**
 * I4: slots that come after `fromMs` complete, by themselves, and service and source agree after them; no
 * note is left over in the end.
 */
export function nextSlotsHeal(record: RunRecord, fromMs: number): Violation[] {
  const { backups, deletions, restores, unfinished } = record;
  const violations: Violation[] = [];
  const say = (said: Message): void => void violations.push({ invariant: "I4", message: said });
  for (const run of backups) {
    if (run.job.slotDay === null || run.startedMs <= fromMs) continue;
    // What the scenario itself stops heals nothing; the checkers of jobs say how it has to end.
    if (run.stop !== undefined) continue;
    const kind = message("checked-crash.backup");
    const about = { kind, source: run.sourcePath, day: run.job.slotDay };
    if (run.job.status !== "completed") {
      say(message("checked-crash.slot-ended", { ...about, found: causesOf(run.job) }));
    }
    for (const difference of unlikeSource(run)) {
      say(message("checked-crash.after-slot", { ...about, difference }));
    }
  }
  for (const { job, work, sourcePath, backup, stop } of deletions) {
    if (job.slotDay === null || backup === undefined || backup.startedMs <= fromMs) continue;
    if (stop !== undefined) continue;
    const kind = message("checked-crash.deletion");
    const about = { kind, source: sourcePath, day: job.slotDay };
    // What a process deleted that ended before it could note so is not found.
    const isWell = job.status === "completed" || job.status === "not-found";
    if (!isWell) say(message("checked-crash.slot-ended", { ...about, found: causesOf(job) }));
    const there = new Set(
      [...backup.diskBefore.keys()].map((path) => path.slice(sourcePath.length + 1)),
    );
    for (const path of work?.serviceAfter.files.keys() ?? []) {
      if (there.has(path)) continue;
      const difference = message("checked-crash.left-over", { path: JSON.stringify(path) });
      say(message("checked-crash.after-slot", { ...about, difference }));
    }
  }
  // What a restore may have left is looked for by the next one.
  const hasRestored = restores.some(({ startedMs }) => startedMs > fromMs);
  const notes = unfinished.uploads + (hasRestored ? unfinished.leftovers : 0);
  if (notes > 0) say(message("checked-crash.notes-left", { count: notes }));
  return violations;
}

function slotDays(jobs: PcRecord["backups"]): ReadonlySet<number> {
  return new Set(jobs.flatMap(({ slotDay }) => (slotDay === null ? [] : [slotDay])));
}

function causesOf({ status, causes }: JobRecord): string {
  return `${status} [${causes.join(",")}]`;
}
