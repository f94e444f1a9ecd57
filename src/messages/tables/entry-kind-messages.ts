import type { MessageTable } from "../message-table.ts";

/** What may stand at a path, as a word within a sentence. */
export const ENTRY_KIND_MESSAGES = {
  "entry.file": { ja: "ファイル", en: "a file" },
  "entry.folder": { ja: "フォルダ", en: "a folder" },
  "entry.symbolic-link": { ja: "リンク", en: "a link" },
  "entry.fifo": { ja: "名前付きパイプ", en: "a named pipe" },
  "entry.socket": { ja: "ソケット", en: "a socket" },
  "entry.device": { ja: "装置ファイル", en: "a device" },
  "entry.unknown": { ja: "種類の分からないもの", en: "something of unknown kind" },
  "entry.hidden": { ja: "隠しファイル", en: "hidden" },
} as const satisfies MessageTable;
