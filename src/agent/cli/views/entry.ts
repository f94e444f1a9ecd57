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
export const ENTRY_LINE = lineKind("entry", "A file or folder on the service.", (parts) => {
  const { z, identifier, bytes, instant, nanoseconds, sha256 } = parts;
  return {
    path: z.string().describe("Its place on the service, names joined by /."),
    name: z.string(),
    entryKind: z.enum(["file", "folder", "unknown"]).describe("Unknown: outside the contract."),
    sizeBytes: bytes.nullable().describe("Null but for files, as are the four below."),
    modifiedAt: instant.nullable(),
    modifiedAtNs: nanoseconds.nullable(),
    sha256: sha256.nullable(),
    generationCount: identifier.nullable(),
    savedAt: instant
      .nullable()
      .describe("When the file was saved or the folder made; null for what is unknown."),
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
