import { printable } from "../../../messages/printable.ts";
import { formatBytes } from "../../../terminal/format-bytes.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import { renderTable } from "../../../terminal/render-table.ts";
import type { ListedEntry } from "../../ports/service.ts";
import { nanosecondsText } from "../output/instant-text.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";

/** What is in a folder on the service. */
export const ENTRY_LINE = lineKind("entry", "schema.line-entry", (parts) => {
  const { z, identifier, bytes, instant, nanoseconds, sha256 } = parts;
  return {
    path: z.string().describe("schema.service-place"),
    name: z.string(),
    entryKind: z.enum(["file", "folder", "unknown"]).describe("schema.entry-kind"),
    sizeBytes: bytes.nullable().describe("schema.entry-size"),
    modifiedAt: instant.nullable(),
    modifiedAtNs: nanoseconds.nullable(),
    sha256: sha256.nullable(),
    generationCount: identifier.nullable(),
    savedAt: instant.nullable().describe("schema.entry-saved"),
  };
});

const NO_FILE = {
  sizeBytes: null,
  modifiedAt: null,
  modifiedAtNs: null,
  sha256: null,
  generationCount: null,
} as const;

/** The members of an `entry` line. */
export function entryMembers(entry: ListedEntry): LineMembers<typeof ENTRY_LINE> {
  const { path, kind: entryKind } = entry;
  if (entry.kind === "unknown") return { path, name: "", entryKind, ...NO_FILE, savedAt: null };
  const { name } = entry;
  if (entry.kind === "folder") {
    return { path, name, entryKind, ...NO_FILE, savedAt: entry.createdAt };
  }
  return {
    path,
    name,
    entryKind,
    sizeBytes: entry.sizeBytes,
    modifiedAt: nanosecondsText(entry.modifiedAtNs),
    ...pick(entry, ["modifiedAtNs", "sha256", "generationCount", "savedAt"]),
  };
}

/** What is in a folder on the service as a table, with the columns of the guides (A442). */
export function renderEntries(entries: readonly ListedEntry[], output: Output): string {
  const { language, paint } = output;
  if (entries.length === 0) {
    return output.say({ ja: "ここには何もありません。", en: "There is nothing here." });
  }
  return renderTable(
    [
      { title: output.say({ ja: "ファイル名", en: "Name" }) },
      { title: output.say({ ja: "設定情報", en: "Info" }) },
      { title: output.say({ ja: "サイズ", en: "Size" }), align: "right" },
      { title: output.say({ ja: "保存日時", en: "Saved" }) },
    ],
    entries.map((entry) => [
      printable(nameOf(entry)),
      infoOf(entry, output),
      entry.kind === "file" ? formatBytes(entry.sizeBytes) : "",
      formatTime(savedAtMs(entry), language),
    ]),
    { styleTitles: (line) => paint("strong", line) },
  );
}

/** What is set for it: of a file how many generations are kept, else what it is. */
function infoOf(entry: ListedEntry, output: Output): string {
  if (entry.kind === "folder") return output.say({ ja: "フォルダ", en: "Folder" });
  if (entry.kind === "unknown") return output.say({ ja: "不明", en: "Unknown" });
  const count = entry.generationCount;
  return output.say({
    ja: `${count}世代`,
    en: `${count} ${count === 1 ? "generation" : "generations"}`,
  });
}

function savedAtMs(entry: ListedEntry): number | null {
  if (entry.kind === "unknown") return null;
  return Date.parse(entry.kind === "file" ? entry.savedAt : entry.createdAt);
}

function nameOf(entry: ListedEntry): string {
  if (entry.kind === "unknown") return entry.path;
  return entry.kind === "file" ? entry.name : `${entry.name}/`;
}
