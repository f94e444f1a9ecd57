import type { MessageTable } from "../message-table.ts";

/** What the details of a deletion say, of the job and of its rows. */
export const DELETE_MESSAGES = {
  "delete.backup-incomplete": {
    ja: "バックアップが途中で終わり、何が無くなったのかが分かりません",
    en: "the backup did not get far enough to tell what is gone",
  },
  "delete.source-empty": {
    ja: "ファイルのあったバックアップ元が、急に空になりました",
    en: "the source had files and is suddenly empty",
  },
  "delete.other-device": {
    ja: "バックアップ元が、前とは別のディスクになっています",
    en: "the source is on another device than before",
  },
  "delete.other-pc": {
    ja: "専用ツールの状態ファイルは、別のPCで使われていたものです。そのPCもバックアップを続けるなら、このPCでは azukeru-agent --home で別のフォルダを使い、別のPC名でログインしてください。このPCが引き継ぐなら、azukeru-agent backup run --confirm-deletions で確認してください",
    en: "the tool's state file was in use on another PC; if that PC goes on backing up, use another folder here (azukeru-agent --home) and log in with another name of the PC; if this PC takes its place, confirm with azukeru-agent backup run --confirm-deletions",
  },
  "delete.held-folders": {
    ja: "前とは別のディスクになっているか、急に空になったフォルダがあります: {folders}。そこから保存したものは、azukeru-agent backup run --confirm-deletions で確認されるまで残します",
    en: "folders that are on another disk than before, or suddenly empty: {folders}; what was saved from there stays until azukeru-agent backup run --confirm-deletions confirms that it may go",
  },
  "delete.held-elsewhere": {
    ja: "いまは {place} にあり、そこでは保存できていません。保存できるまで、ここに残します",
    en: "it is at {place} now and could not be saved there; this copy stays until it is saved",
  },
  "delete.held-for-newcomer": {
    ja: "{place} が新しくあり、保存できていません。どのファイルだったのかがこのディスクでは分からないため、保存できるまで残します",
    en: "{place} is new and could not be saved, and this disk does not tell which file it was; this copy stays until it is saved",
  },
  "delete.other-device-by-now": {
    ja: "バックアップ元が、いまは別のディスクになっています",
    en: "the source is on another device by now",
  },
  "delete.source-no-folder": {
    ja: "バックアップ元フォルダがフォルダではなくなりました",
    en: "the source folder is no folder any more",
  },
  "delete.not-looked-for": {
    ja: "有無を確かめられませんでした: {why}",
    en: "it could not be looked for: {why}",
  },
  "delete.stands-there": { ja: "そこにあります ({kind})", en: "it stands there ({kind})" },
  "delete.of-unknown-kind": {
    ja: "そこに何があるのかが分かりません",
    en: "what stands there cannot be told",
  },
  "delete.already-gone": {
    ja: "削除しようとしたときには、サービス上にありませんでした",
    en: "it was not on the service any more when it was to be deleted",
  },
  "delete.closed-before": {
    ja: "順番が来る前に専用ツールが終了しました",
    en: "the tool was closed before this job's turn came",
  },
  "delete.run-ended-before": {
    ja: "順番が来る前に実行が終わりました",
    en: "the run was ended before this job's turn came",
  },
  "delete.interrupted": { ja: "削除が中断されました", en: "a person interrupted the deletion" },
  "delete.logged-out": {
    ja: "削除中にログアウトされました",
    en: "somebody logged out during the deletion",
  },
  "delete.closed": {
    ja: "削除中に専用ツールが終了しました",
    en: "the tool was closed during the deletion",
  },
} as const satisfies MessageTable;
