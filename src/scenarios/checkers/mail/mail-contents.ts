import { mailTime } from "./mail-time.ts";
import { CAUSES } from "../../../protocol/causes/causes.ts";
import { STATUS_LABELS } from "../../../protocol/status.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { MailFact } from "../../observation/pc-record.ts";
import { message, type Message } from "../../../messages/message.ts";

/** What a mail of a slot has to say. */
export interface WantedMail {
  /** Every row of the slot, in the order in which they were written. */
  readonly jobs: readonly JobRecord[];
  /** The rows of a job's details; undefined where nobody wrote them down. */
  readonly rowsOf: (job: JobRecord) => readonly JobFileRecord[] | undefined;
  /** What the PC was called when the mail was made: one of these. */
  readonly deviceNames: readonly string[];
  /** Files in trouble that are named of each job; the others are counted. */
  readonly namedFileCount: number;
}

const RULE = `\n${"-".repeat(70)}\n`;
/** A longer name is cut. */
const NAME_LENGTH_MAX = 1_000;

const KINDS: Readonly<Record<JobRecord["kind"], readonly [title: string, source: string]>> = {
  backup: ["バックアップ", "バックアップ元"],
  delete: ["差分比較削除", "削除元のフォルダ"],
  restore: ["復元", "復元元"],
};

/**
 * I8: what a mail says of a slot is what the history says: the subject with the statuses and the PC, the
 * sums, and of each row its kind, folder, times, counts, causes and files in trouble, in order. Gives what
 * is not so. Does not verify remedies, details, names with characters that are not shown as they are, and
 * how lines of prose are broken.
 */
export function wrongContents(mail: MailFact, wanted: WantedMail): readonly Message[] {
  const { jobs } = wanted;
  const said: Message[] = [];
  const compare = (place: string, found: string, right: readonly string[]): void => {
    if (right.includes(found)) return;
    const both = { place, found: JSON.stringify(found), wanted: right.map(quoted).join(" / ") };
    said.push(message("checked-mail.says-other", both));
  };
  const troubled = jobs.filter(({ status }) => status !== "completed");
  const subjects = wanted.deviceNames.map((name) => subjectOf(troubled, name));
  compare("Subject", mail.subject, subjects);
  const [head = "", ...sections] = mail.text.split(RULE);
  const sums = `結果: 全${digits(jobs.length)}件のうち、完了 ${digits(jobs.length - troubled.length)}件、完了以外 ${digits(troubled.length)}件`;
  compare("結果", lineWith(head, "結果: "), [sums]);
  if (!wanted.deviceNames.some((name) => joined(head).includes(joined(`PC「${name}」`)))) {
    compare("PC", joined(head), wanted.deviceNames);
  }
  const zone = /（([^（）]+)）によります/.exec(joined(head))?.[1] ?? "";
  // The foot stands behind a line of its own.
  compare("-----", String(sections.length), [String(jobs.length + 1)]);
  for (const [index, job] of jobs.entries()) {
    const place = `${index + 1}.`;
    for (const { found, right } of sectionLines(sections[index] ?? "", job, {
      index,
      zone,
      wanted,
    }))
      compare(place, found, [right]);
  }
  return said;
}

function subjectOf(troubled: readonly JobRecord[], deviceName: string): string {
  const labels: string[] = [];
  for (const { status } of troubled) {
    const label = STATUS_LABELS[status];
    if (!labels.includes(label)) labels.push(label);
  }
  const more = labels.length > 2 ? " ほか" : "";
  return `【自動バックアップ】${labels.slice(0, 2).join("、")}${more}: ${deviceName}`;
}

interface Line {
  readonly found: string;
  readonly right: string;
}

function sectionLines(
  section: string,
  job: JobRecord,
  { index, zone, wanted }: { index: number; zone: string; wanted: WantedMail },
): readonly Line[] {
  const [title, source] = KINDS[job.kind];
  const lines = section.split("\n");
  const found: Line[] = [
    { found: lines[0] ?? "", right: `${index + 1}. ${title}: ${STATUS_LABELS[job.status]}` },
    ...(isShownAsItIs(job.sourcePath)
      ? [{ found: lines[1] ?? "", right: `${source}: ${job.sourcePath}` }]
      : []),
    line(section, "開始日時: ", timeOf(zone, job.startedAtMs)),
    line(section, "終了日時: ", job.endedAtMs === null ? "-" : timeOf(zone, job.endedAtMs)),
  ];
  return [
    ...found,
    ...countsOf(section, job),
    ...causesOf(section, job),
    ...filesOf(section, job, wanted),
  ];
}

function countsOf(section: string, job: JobRecord): readonly Line[] {
  const moved = `${digits(job.transferredFileCount)}件（${digits(job.transferredBytes)}バイト）`;
  const targets = `${digits(job.targetFileCount)}件（${digits(job.targetBytes)}バイト）`;
  const all = `${digits(job.targetCount)}件（処理済み ${digits(job.processedCount)}件）`;
  const right: Readonly<Record<string, string>> =
    job.status === "not-run"
      ? {}
      : job.kind === "delete"
        ? { "削除対象ファイル: ": targets, "削除済み: ": moved }
        : { "対象: ": all, "転送: ": moved };
  const words = ["削除対象ファイル: ", "削除済み: ", "対象: ", "転送: "];
  return words.map((word) => line(section, word, right[word]));
}

/** The causes are named in their order, each with its sentence. */
function causesOf(section: string, job: JobRecord): readonly Line[] {
  const flat = joined(section);
  const named = [...flat.matchAll(/（((?:B|R|DEL)-[A-Z]+-\d+)）/g)].map(([, id]) => id);
  const causes = job.status === "completed" ? [] : job.causes;
  const sentences = causes.map((id) => joined(`原因: ${CAUSES[id].ja.cause}`));
  const lacking = sentences.filter(
    (sentence) => !sentence.includes("{") && !flat.includes(sentence),
  );
  return [
    { found: named.join(", "), right: causes.join(", ") },
    { found: lacking.join(), right: "" },
  ];
}

function filesOf(section: string, job: JobRecord, wanted: WantedMail): readonly Line[] {
  const rows = wanted.rowsOf(job);
  if (rows === undefined) return [];
  const troubled = rows.filter(
    ({ status }) => !["completed", "no-difference", "excluded", "pending"].includes(status),
  );
  const named = troubled.slice(0, wanted.namedFileCount);
  const sum = troubled.length === 0 ? undefined : `${digits(troubled.length)}件`;
  const rest = troubled.length - named.length;
  const found = section.split("\n").filter((each) => each.startsWith("  "));
  const right = [
    ...named.map((row) => (isShownAsItIs(row.path) ? fileLine(row) : undefined)),
    ...(rest > 0 ? [`  ほか ${digits(rest)}件`] : []),
  ];
  return [
    line(section, "問題のあったファイルとフォルダ: ", sum),
    { found: String(found.length), right: String(right.length) },
    ...right.flatMap((each, at) =>
      each === undefined ? [] : [{ found: found[at] ?? "", right: each }],
    ),
  ];
}

function fileLine({ path, entryKind, status }: JobFileRecord): string {
  const label = status in STATUS_LABELS ? STATUS_LABELS[status as JobRecord["status"]] : status;
  const name = path === "" ? "（フォルダ全体）" : path + (entryKind === "folder" ? "/" : "");
  return `  ${label}  ${name}`;
}

/** The line that begins so; undefined: there must be none. */
function line(section: string, word: string, right: string | undefined): Line {
  return { found: lineWith(section, word), right: right === undefined ? "" : word + right };
}

function lineWith(text: string, word: string): string {
  return text.split("\n").find((each) => each.startsWith(word)) ?? "";
}

/** Whether a mail shows a name as it is, and whole. */
function isShownAsItIs(name: string): boolean {
  return name.length <= NAME_LENGTH_MAX && !/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(name);
}

/** Without what a line end may have put between words. */
function joined(text: string): string {
  return text.replaceAll(/\s/g, "");
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function digits(count: number): string {
  return new Intl.NumberFormat("en-US", { useGrouping: true }).format(count);
}

function timeOf(zone: string, atMs: number): string {
  return zone === "" ? "" : mailTime(zone, atMs);
}
