import type { MessageTable } from "../message-table.ts";

/** What is not where somebody looks for it on the service. */
export const STORED_MESSAGES = {
  "stored.no-place": {
    ja: "{typed} はサービス上の場所ではありません。{area}/ から始まる名前か、バックアップ元の中のパスを指定してください",
    en: "{typed} is no place on the service: give its names from {area}/ down, or a path in a source folder",
  },
  "stored.bad-place": {
    ja: "{typed} はサービス上の場所ではありません: {why}",
    en: "{typed} is no place on the service: {why}",
  },
  "stored.no-file": {
    ja: "サービス上に {path} というファイルはありません",
    en: "there is no file {path} on the service",
  },
  "stored.no-folder": {
    ja: "サービス上に {path} というフォルダはありません",
    en: "there is no folder {path} on the service",
  },
} as const satisfies MessageTable;
