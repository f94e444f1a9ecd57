import type { JobFileRecord } from "../../../protocol/job-record.ts";
import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import type { Output } from "../output/output.ts";
import { printable } from "../../../protocol/printable.ts";
import { renderCauseNotes } from "./render-causes.ts";
import { renderTable, type TableColumn } from "../../../terminal/render-table.ts";
import { fileStatusLabel, toneOf } from "./status-words.ts";

/** A name as people see a path of the details: `./` for the source itself, `/` after a folder. */
export function filePathText({ path, entryKind }: JobFileRecord): string {
  return printable(path === "" ? "./" : entryKind === "folder" ? `${path}/` : path);
}

/**
 * Rows of a job's details as a table, paths whole and last so that they can be copied, then every
 * cause of the page with its remedy, told once (F31).
 */
export function renderFiles(files: readonly JobFileRecord[], output: Output): string {
  const { language, paint } = output;
  if (files.length === 0) {
    return output.say({ ja: "該当するファイルはありません。", en: "No such files." });
  }
  const columns: readonly TableColumn[] = [
    { title: "No.", align: "right" },
    {
      title: output.say({ ja: "状態", en: "Status" }),
      style: (text, index) => paint(toneOf(files[index]?.status ?? "unexpected"), text),
    },
    { title: output.say({ ja: "サイズ", en: "Size" }), align: "right" },
    { title: output.say({ ja: "ファイル", en: "File" }) },
  ];
  const rows = files.map((file) => [
    formatCount(file.position),
    fileStatusLabel(file.status, language),
    file.entryKind === "file" ? formatBytes(file.sizeBytes) : "-",
    filePathText(file) + (file.detail === null ? "" : ` - ${printable(file.detail)}`),
  ]);
  const table = renderTable(columns, rows, { styleTitles: (line) => paint("strong", line) });
  const notes = renderCauseNotes(
    files
      .filter(({ status }) => status !== "completed" && status !== "no-difference")
      .map(({ position, causes }) => ({ label: `No. ${formatCount(position)}`, causes })),
    language,
    paint,
  );
  return notes === "" ? table : `${table}\n\n${notes}`;
}
