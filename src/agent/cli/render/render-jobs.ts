import type { JobRecord } from "../../state/records.ts";
import { formatBytes, formatCount } from "./format-bytes.ts";
import { formatTime } from "./format-time.ts";
import type { Output } from "../output/output.ts";
import { printable } from "./printable.ts";
import { renderCauseNotes } from "./render-causes.ts";
import { renderTable, type TableColumn } from "./render-table.ts";
import { jobStatusLabel } from "./status-words.ts";
import { toneOf } from "./style.ts";

/**
 * The backup history as a table: the columns of F30 behind the ID that `history show` takes, then
 * cause and remedy of every row that is not completed, each told once.
 */
export function renderJobs(jobs: readonly JobRecord[], output: Output): string {
  const { language, paint, widthMax } = output;
  if (jobs.length === 0) return output.say({ ja: "履歴はありません。", en: "No history yet." });
  const columns: readonly TableColumn[] = [
    { title: "ID", align: "right" },
    { title: output.say({ ja: "開始日時", en: "Start" }) },
    { title: output.say({ ja: "終了日時", en: "End" }) },
    { title: output.say({ ja: "バックアップ元", en: "Source" }), shrinks: true },
    { title: output.say({ ja: "ファイル数", en: "Files" }), align: "right" },
    { title: output.say({ ja: "サイズ", en: "Size" }), align: "right" },
    {
      title: output.say({ ja: "状態", en: "Status" }),
      style: (text, index) => paint(toneOf(jobs[index]?.status ?? "unexpected"), text),
    },
  ];
  const rows = jobs.map((job) => [
    String(job.id),
    formatTime(job.startedAtMs, language),
    formatTime(job.endedAtMs, language),
    printable(job.sourcePath),
    formatCount(job.transferredFileCount),
    formatBytes(job.transferredBytes),
    jobStatusLabel(job.status, language),
  ]);
  const table = renderTable(columns, rows, {
    widthMax,
    styleTitles: (line) => paint("strong", line),
  });
  const notes = renderCauseNotes(
    jobs
      .filter(({ status }) => status !== "completed" && status !== "running")
      .map(({ id, causes }) => ({ label: `ID ${id}`, causes })),
    language,
    paint,
  );
  return notes === "" ? table : `${table}\n\n${notes}`;
}
