import { FILE_STATUSES } from "../../../protocol/file-status.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import { printable } from "../../../messages/printable.ts";
import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import type { Language } from "../../../terminal/language.ts";
import { renderTable, type TableColumn } from "../../../terminal/render-table.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";
import { causeMembers, causeSchema, renderCauseNotes } from "./cause.ts";
import { fileStatusLabel, toneOf } from "./status.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { detailMembers, detailSchema } from "./message.ts";

/** A row of a job's details. */
export const FILE_LINE = lineKind("file", "schema.line-file", (parts) => {
  const { z, identifier, bytes } = parts;
  return {
    jobId: identifier,
    position: identifier,
    path: z.string().describe("schema.file-path"),
    pathBase64: z.base64().nullable().describe("schema.file-path-bytes"),
    entryKind: z.enum(["file", "folder", "other"]),
    status: z.enum([...FILE_STATUSES, "excluded"]),
    statusLabel: z.string().min(1),
    causes: z.array(causeSchema(parts)),
    sizeBytes: bytes,
    ...detailSchema(parts),
  };
});

/** The members of a `file` line. */
export function fileMembers(row: JobFileRecord, language: Language): LineMembers<typeof FILE_LINE> {
  return {
    ...pick(row, ["jobId", "position", "path", "pathBase64", "entryKind", "status"]),
    statusLabel: fileStatusLabel(row.status, language),
    causes: causeMembers(row.causes, row, language),
    sizeBytes: row.sizeBytes,
    ...detailMembers(row.detail, language),
  };
}

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
    filePathText(file) + (file.detail === null ? "" : ` - ${renderMessage(file.detail, language)}`),
  ]);
  const table = renderTable(columns, rows, { styleTitles: (line) => paint("strong", line) });
  const notes = renderCauseNotes(
    files
      .filter(({ status }) => status !== "completed" && status !== "no-difference")
      .map(({ position, causes, jobId, detail }) => ({
        label: `No. ${formatCount(position)}`,
        causes,
        jobId,
        detail,
      })),
    output,
  );
  return notes === "" ? table : `${table}\n\n${notes}`;
}
