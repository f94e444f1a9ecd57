import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import { message, type Message } from "../../../messages/message.ts";
import type { MailFact, PcRecord } from "../../observation/pc-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { wrongContents } from "./mail-contents.ts";
import type { SlotReport } from "./slot-reports.ts";

/** What the subject of a test mail holds. */
const TEST_WORDS = "テストメール";

/** Within so little time of each other, two things may have come in either order. */
const EITHER_ORDER_WITHIN_MS = 200;

/** I8: each mail of a slot says what the history says, and when it was made. Gives what is not so. */
export function wrongWords(
  report: SlotReport,
  own: readonly MailFact[],
  {
    backups,
    deletions,
    pc,
    scenario,
  }: Pick<RunRecord, "backups" | "deletions" | "pc" | "scenario">,
): readonly Message[] {
  if (pc === undefined) return [];
  const { rows, madeFromMs, madeToMs } = report;
  const runs = [...backups, ...deletions].filter(({ device }) => device === "pc");
  const rowsOf = (job: JobRecord): readonly JobFileRecord[] | undefined =>
    runs.find((run) => run.job.id === job.id)?.rows ?? (job.status === "not-run" ? [] : undefined);
  const deviceNames = namesBetween(pc, madeFromMs - EITHER_ORDER_WITHIN_MS, madeToMs);
  const namedFileCount = scenario.tuning?.historyPageRowCount ?? NAMED_FILE_COUNT;
  return own.flatMap((mail) => [
    ...wrongContents(mail, { jobs: rows, rowsOf, deviceNames, namedFileCount }),
    ...(isDatedWhenMade(mail, report, pc)
      ? []
      : [message("checked-mail.other-date", { dateMs: mail.dateMs })]),
  ]);
}

/** Files in trouble that a mail names of each row, where the tool is as shipped. */
const NAMED_FILE_COUNT = 100;

/** What the PC was called at some moment from one on up to another. */
function namesBetween({ deviceNames }: PcRecord, fromMs: number, toMs: number): readonly string[] {
  return deviceNames.flatMap(({ elapsedMs, name }, index) => {
    const isOver = (deviceNames[index + 1]?.elapsedMs ?? Infinity) < fromMs;
    return elapsedMs > toMs || isOver ? [] : [name];
  });
}

/** Whether the date of a mail is that of its slot's end by the PC's clock; any is, where somebody set that. */
function isDatedWhenMade(
  mail: MailFact,
  { madeFromMs, madeToMs }: SlotReport,
  pc: PcRecord,
): boolean {
  const isSet = pc.facts.some(({ change }) => change.what === "clock");
  if (isSet) return Number.isFinite(mail.dateMs);
  const offsetMs = mail.wallMs - mail.elapsedMs;
  const madeMs = mail.dateMs - offsetMs;
  return (
    madeMs >= madeFromMs - DATE_WITHIN_MS &&
    madeMs <= Math.min(madeToMs + DATE_LATE_MS, mail.elapsedMs)
  );
}

/** Dates are whole seconds. */
const DATE_WITHIN_MS = 1_200;
/** So late a slot may end for other reasons than its own: another process works on the same state. */
const DATE_LATE_MS = 60_000;

/** I8: a test mail says which PC sent it and how the settings are put in force. Gives what is not so. */
export function wrongTest(mail: MailFact, pc: PcRecord): readonly Message[] {
  const names = namesBetween(pc, mail.elapsedMs - TEST_MS, mail.elapsedMs);
  const flat = mail.text.replaceAll(/\s/g, "");
  const isRight = names.some(
    (name) =>
      mail.subject === `【自動バックアップ】${TEST_WORDS}: ${name}` &&
      flat.includes(`PC「${name.replaceAll(/\s/g, "")}」`) &&
      flat.includes("azukeru-agentmailconfirm"),
  );
  if (isRight) return [];
  const found = JSON.stringify(`${mail.subject} ${mail.text}`);
  return [message("checked-mail.test-says-other", { found })];
}

/** Longer than a test takes. */
const TEST_MS = 31 * 60_000;
