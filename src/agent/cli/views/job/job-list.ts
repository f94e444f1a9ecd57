import type { JobKind } from "../../../../protocol/job-kind.ts";
import type { JobRecord } from "../../../../protocol/job-record.ts";
import { printable } from "../../../../messages/printable.ts";
import { formatBytes } from "../../../../terminal/format-bytes.ts";
import { formatTime } from "../../../../terminal/format-time.ts";
import type { Words } from "../../../../terminal/language.ts";
import { renderTable, type TableColumn } from "../../../../terminal/render-table.ts";
import type { Output } from "../../output/output.ts";
import { renderCauseNotes } from "../cause.ts";
import { jobStatusLabel, toneOf } from "../status.ts";
import { hasNumbers, JOB_COLUMN_WORDS, JOB_WORDS, startOf, fileCountText } from "./job.ts";

/** A column of a history, by its title. */
interface HistoryColumn extends Omit<TableColumn, "title"> {
  readonly title: Words;
  readonly text: (job: JobRecord, output: Output) => string;
}

const ID: HistoryColumn = {
  title: { ja: "ID", en: "ID" },
  align: "right",
  text: ({ id }) => String(id),
};
const START: HistoryColumn = {
  title: JOB_COLUMN_WORDS.start,
  text: (job, { language }) => formatTime(startOf(job), language),
};
const END: HistoryColumn = {
  title: JOB_COLUMN_WORDS.end,
  text: ({ endedAtMs }, { language }) => formatTime(endedAtMs, language),
};
const STATUS: HistoryColumn = {
  title: JOB_COLUMN_WORDS.status,
  folds: true,
  text: ({ status }, { language }) => jobStatusLabel(status, language),
};

function path(title: Words, text: (job: JobRecord) => string): HistoryColumn {
  return { title, shrinks: true, folds: true, text: (job) => printable(text(job)) };
}

function number(title: Words, text: (job: JobRecord, output: Output) => string): HistoryColumn {
  return {
    title,
    align: "right",
    text: (job, output) => (hasNumbers(job) ? text(job, output) : ""),
  };
}

/** The columns of each history as the guides have them (F30), behind the ID that commands take. */
const COLUMNS: Readonly<Record<JobKind, readonly HistoryColumn[]>> = {
  backup: [
    ID,
    START,
    END,
    path(JOB_WORDS.backup.from, (job) => job.sourcePath),
    number({ ja: "ファイル数", en: "Files" }, (job, output) =>
      fileCountText(job.transferredFileCount, output),
    ),
    number(JOB_COLUMN_WORDS.size, (job) => formatBytes(job.transferredBytes)),
    STATUS,
  ],
  restore: [
    ID,
    START,
    END,
    path(JOB_WORDS.restore.from, (job) => job.sourcePath),
    path(JOB_WORDS.restore.to, (job) => job.destination),
    STATUS,
  ],
  delete: [
    ID,
    START,
    END,
    path(JOB_WORDS.delete.from, (job) => job.sourcePath),
    number(JOB_WORDS.delete.targets, (job, output) => fileCountText(job.targetFileCount, output)),
    number(JOB_COLUMN_WORDS.size, (job) => formatBytes(job.targetBytes)),
    STATUS,
  ],
};

/**
 * A history as a table, then cause and remedy of every row that has neither completed nor runs, each
 * told once (F30).
 */
export function renderJobs(kind: JobKind, jobs: readonly JobRecord[], output: Output): string {
  const { paint, widthMax } = output;
  if (jobs.length === 0) return output.say({ ja: "履歴はありません。", en: "No history yet." });
  const columns = COLUMNS[kind];
  const table = renderTable(
    columns.map((column) => ({
      ...column,
      title: output.say(column.title),
      ...(column === STATUS && { style: paintStatus(jobs, output) }),
    })),
    jobs.map((job) => columns.map(({ text }) => text(job, output))),
    { widthMax, styleTitles: (line) => paint("strong", line) },
  );
  const notes = renderCauseNotes(
    jobs
      .filter(({ status }) => status !== "completed" && status !== "running")
      .map(({ id, causes, detail }) => ({
        label: `ID ${id}`,
        causes,
        jobId: id,
        detail,
        reason: detail,
      })),
    output,
  );
  return notes === "" ? table : `${table}\n\n${notes}`;
}

function paintStatus(
  jobs: readonly JobRecord[],
  { paint }: Output,
): NonNullable<TableColumn["style"]> {
  return (text, index) => paint(toneOf(jobs[index]?.status ?? "unexpected"), text);
}
