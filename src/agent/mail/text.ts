import { FILE_STATUS_LABELS } from "../../protocol/file-status.ts";
import type { JobKind } from "../../protocol/job-kind.ts";
import { printable } from "../../messages/printable.ts";
import { STATUS_LABELS } from "../../protocol/status.ts";
import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import { wrapText } from "./wrap-text.ts";
import { localTimeAt } from "../core/zone-time.ts";
import { renderMessage } from "../../messages/render-message.ts";
import { causeSentences } from "../../protocol/causes/cause-sentences.ts";

/** A job as a mail tells it. */
interface ReportedJob {
  readonly job: JobRecord;
  /** The first rows that are neither done nor without difference, in order; 100 of them are named. */
  readonly troubledFiles: readonly JobFileRecord[];
  /** How many such rows there are in all. */
  readonly troubledFileCount: number;
}

/** One automatic run, as its mail tells it (F36). */
export interface MailReport {
  /** This PC's name on the service. */
  readonly deviceName: string;
  /** Zone of the PC's clock, by its IANA name. */
  readonly zone: string;
  /** Every row of the run, deletions too, in order. */
  readonly jobs: readonly ReportedJob[];
}

/** A mail's subject and text. */
export interface MailText {
  readonly subject: string;
  /** Plain text; lines end with `\n`. */
  readonly text: string;
}

/** Rows that are named for each job; the others are counted. */
const NAMED_FILE_COUNT = 100;
/** Characters of a name that are shown: a hostile tree of names must not make a mail of megabytes. */
const NAME_LENGTH_MAX = 1_000;
const COLUMN_COUNT_MAX = 70;
const RULE = "-".repeat(COLUMN_COUNT_MAX);

const KIND_WORDS: Readonly<Record<JobKind, { readonly title: string; readonly source: string }>> = {
  backup: { title: "バックアップ", source: "バックアップ元" },
  delete: { title: "差分比較削除", source: "削除元のフォルダ" },
  restore: { title: "復元", source: "復元元" },
};

/** Whether a run is worth a mail: some row of it is not 完了 (D14). */
export function isWorthMail(report: MailReport): boolean {
  return troubledJobs(report).length > 0;
}

/**
 * The mail of one automatic run (F36): which PC, and per row source, times, status, cause and remedy,
 * counts and the files in trouble. Holds nothing but what the history shows, control characters
 * made visible.
 */
export function mailText(report: MailReport): MailText {
  const device = shown(report.deviceName);
  const troubled = troubledJobs(report);
  const labels = [...new Set(troubled.map(({ job }) => STATUS_LABELS[job.status]))];
  const status = labels.slice(0, 2).join("、") + (labels.length > 2 ? " ほか" : "");
  const doneCount = report.jobs.length - troubled.length;
  const head = [
    ...prose(`PC「${device}」の自動バックアップで、完了しなかったものがあります。`),
    "",
    `結果: 全${count(report.jobs.length)}件のうち、完了 ${count(doneCount)}件、完了以外 ${count(troubled.length)}件`,
    `時刻は、このPCの時計（${report.zone}）によります。`,
  ];
  const sections = report.jobs.map((job, index) => jobLines(job, index + 1, report.zone));
  const foot = [
    "",
    RULE,
    ...prose(
      "詳しくは、このPCの専用ツールの履歴で確認してください。このメールは専用ツールが自動で送信しました。",
    ),
  ];
  return {
    subject: `【自動バックアップ】${status}: ${device}`,
    text: `${[...head, ...sections.flat(), ...foot].join("\n")}\n`,
  };
}

/** The mail that tries the settings out (F36). */
export function testMailText(deviceName: string): MailText {
  const device = shown(deviceName);
  const lines = [
    ...prose(`PC「${device}」の専用ツールから送信したテストメールです。`),
    "",
    ...prose(
      "このメールが届いていれば、いまのメール設定で送信できます。azukeru-agent mail confirm で設定を確定してください。確定すると、自動バックアップが完了しなかったときに、このアドレスへお知らせします。",
    ),
  ];
  return {
    subject: `【自動バックアップ】テストメール: ${device}`,
    text: `${lines.join("\n")}\n`,
  };
}

function troubledJobs({ jobs }: MailReport): readonly ReportedJob[] {
  return jobs.filter(({ job }) => job.status !== "completed");
}

function jobLines(reported: ReportedJob, position: number, zone: string): string[] {
  const { job } = reported;
  const words = KIND_WORDS[job.kind];
  return [
    "",
    RULE,
    `${position}. ${words.title}: ${STATUS_LABELS[job.status]}`,
    `${words.source}: ${shown(job.sourcePath)}`,
    `開始日時: ${timeText(zone, job.startedAtMs)}`,
    `終了日時: ${job.endedAtMs === null ? "-" : timeText(zone, job.endedAtMs)}`,
    ...(job.status === "not-run" ? [] : countLines(job)),
    ...(job.status === "completed" ? [] : causeLines(job)),
    ...(job.detail === null ? [] : prose(`詳細: ${shown(renderMessage(job.detail, "ja"))}`)),
    ...fileLines(reported),
  ];
}

function countLines(job: JobRecord): string[] {
  const moved = `${count(job.transferredFileCount)}件（${count(job.transferredBytes)}バイト）`;
  if (job.kind === "delete") {
    return [
      `削除対象ファイル: ${count(job.targetFileCount)}件（${count(job.targetBytes)}バイト）`,
      `削除済み: ${moved}`,
    ];
  }
  return [
    `対象: ${count(job.targetCount)}件（処理済み ${count(job.processedCount)}件）`,
    `転送: ${moved}`,
  ];
}

function causeLines({ id: jobId, causes }: JobRecord): string[] {
  const several = causes.length > 1 ? ["考えられる原因は、次のとおりです。"] : [];
  return [
    ...several,
    ...causes.flatMap((id) => {
      const { cause, remedy } = causeSentences(id, { language: "ja", surface: "command", jobId });
      return [...prose(`原因: ${cause}（${id}）`), ...prose(`対処: ${remedy}`)];
    }),
  ];
}

function fileLines({ troubledFiles, troubledFileCount }: ReportedJob): string[] {
  if (troubledFileCount === 0) return [];
  const named = troubledFiles.slice(0, NAMED_FILE_COUNT);
  const restCount = troubledFileCount - named.length;
  return [
    `問題のあったファイルとフォルダ: ${count(troubledFileCount)}件`,
    ...named.map((row) => `  ${fileStatusLabel(row)}  ${fileName(row)}`),
    ...(restCount > 0 ? [`  ほか ${count(restCount)}件`] : []),
  ];
}

function fileStatusLabel({ status }: JobFileRecord): string {
  return status === "excluded" ? "対象外" : FILE_STATUS_LABELS[status];
}

function fileName({ path, entryKind }: JobFileRecord): string {
  if (path === "") return "（フォルダ全体）";
  return shown(path) + (entryKind === "folder" ? "/" : "");
}

/** A name as a mail may show it. */
function shown(name: string): string {
  const text = printable(name.toWellFormed());
  // The cut may go through a character of two units, hence the second time.
  return text.length <= NAME_LENGTH_MAX
    ? text
    : `${text.slice(0, NAME_LENGTH_MAX).toWellFormed()}…`;
}

function prose(text: string): readonly string[] {
  return wrapText(text, COLUMN_COUNT_MAX);
}

function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

function timeText(zone: string, atMs: number): string {
  const { year, month, day, minuteOfDay, second } = localTimeAt(zone, atMs);
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = [Math.floor(minuteOfDay / 60), minuteOfDay % 60, second].map(two).join(":");
  return `${year}/${two(month)}/${two(day)} ${time}`;
}
