import type { MessageTable } from "../message-table.ts";

/** What the details of a backup say, of the job and of its rows. */
export const BACKUP_MESSAGES = {
  "backup.name-begins-with-dot": {
    ja: "フォルダの名前がピリオドで始まっています",
    en: "the folder's name begins with a full stop",
  },
  "backup.forbidden-character": {
    ja: "サービスでは使えない文字が名前に含まれています",
    en: "the name holds a character the service does not take",
  },
  "backup.name-not-unicode": {
    ja: "名前のバイト列がUnicodeとして正しくありません。名前を変えるとバックアップできます",
    en: "the bytes of its name are not valid Unicode; rename it so that it can be backed up",
  },
  "backup.replaced": {
    ja: "途中で別のものに置き換わりました",
    en: "something else took its place meanwhile",
  },
  "backup.not-a-target": { ja: "対象外: {kind}", en: "not a target: {kind}" },
  "backup.changed-while-read": {
    ja: "読み取るたびに内容が変わっていました。変更途中のものは保存していません",
    en: "it changed each time it was read; nothing half-changed was backed up",
  },
  "backup.something-else-there": {
    ja: "別のもの ({kind}) に置き換わりました",
    en: "something else took its place ({kind})",
  },
  "backup.bytes-rejected": {
    ja: "送ったデータを、サービスがくり返し受け付けませんでした",
    en: "the service did not take the file's bytes for what was sent, several times over",
  },
  "backup.source-gone": {
    ja: "バックアップ元フォルダがありません",
    en: "the source folder is not there any more",
  },
  "backup.destination-gone": {
    ja: "サービス上のバックアップ先フォルダがありません",
    en: "the destination folder on the service is not there any more",
  },
  "backup.destination-changed": {
    ja: "実行中に、サービス上のバックアップ先フォルダが削除、リネーム、または置き換えられました",
    en: "the destination folder on the service was deleted, renamed or replaced during the run",
  },
  "backup.interrupted": {
    ja: "バックアップが中断されました",
    en: "a person interrupted the backup",
  },
  "backup.logged-out": {
    ja: "バックアップ中にログアウトされました",
    en: "somebody logged out during the backup",
  },
  "backup.closed": {
    ja: "バックアップ中に専用ツールが終了しました",
    en: "the tool was closed during the backup",
  },
} as const satisfies MessageTable;
