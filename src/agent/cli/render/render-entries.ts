import type { ListedEntry } from "../../ports/service.ts";
import type { Output } from "../output/output.ts";
import { formatBytes } from "../../../terminal/format-bytes.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import { printable } from "../../../protocol/printable.ts";
import { renderTable } from "../../../terminal/render-table.ts";

/** What is in a folder on the service as a table; names whole and last, so that they can be copied. */
export function renderEntries(entries: readonly ListedEntry[], output: Output): string {
  const { language, paint } = output;
  if (entries.length === 0) {
    return output.say({ ja: "ここには何もありません。", en: "There is nothing here." });
  }
  const kinds = {
    file: output.say({ ja: "ファイル", en: "File" }),
    folder: output.say({ ja: "フォルダ", en: "Folder" }),
    unknown: output.say({ ja: "不明", en: "Unknown" }),
  };
  return renderTable(
    [
      { title: output.say({ ja: "種類", en: "Kind" }) },
      { title: output.say({ ja: "サイズ", en: "Size" }), align: "right" },
      { title: output.say({ ja: "保存日時", en: "Saved" }) },
      { title: output.say({ ja: "名前", en: "Name" }) },
    ],
    entries.map((entry) => [
      kinds[entry.kind],
      entry.kind === "file" ? formatBytes(entry.sizeBytes) : "-",
      formatTime(savedAtMs(entry), language),
      printable(nameOf(entry)),
    ]),
    { styleTitles: (line) => paint("strong", line) },
  );
}

function savedAtMs(entry: ListedEntry): number | null {
  if (entry.kind === "unknown") return null;
  return Date.parse(entry.kind === "file" ? entry.savedAt : entry.createdAt);
}

function nameOf(entry: ListedEntry): string {
  if (entry.kind === "unknown") return entry.path;
  return entry.kind === "file" ? entry.name : `${entry.name}/`;
}
