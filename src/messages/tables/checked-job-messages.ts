import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with a job of any kind, its rows and its counts. */
export const CHECKED_JOB_MESSAGES = {
  "checked-job.backup": { ja: "バックアップ{id}", en: "backup {id}" },
  "checked-job.restore": { ja: "復元{id}", en: "restore {id}" },
  "checked-job.delete": { ja: "削除ジョブ{id}", en: "delete job {id}" },
  "checked-job.of": { ja: "{source} の{job}: {what}", en: "{job} of {source}: {what}" },
  "checked-job.at": { ja: "{job}、{path}: {what}", en: "{job}, {path}: {what}" },
  "checked-job.says": { ja: "{job}: {what}", en: "{job}: {what}" },
  "checked-job.ended": { ja: "{found} で終わりました", en: "ended {found}" },
  "checked-job.other-causes": {
    ja: "{found} ですが、正しい原因は [{asked}] です",
    en: "is {found}, true is [{asked}]",
  },
  "checked-job.wrong-reason": {
    ja: "理由 {reason} は、原因 [{causes}] に合わないか、欠けています",
    en: "the reason {reason} does not fit the causes [{causes}], or is not whole",
  },
  "checked-job.wrong-reason-at": {
    ja: "{path}: 理由 {reason} は、原因 [{causes}] に合わないか、欠けています",
    en: "{path}: the reason {reason} does not fit the causes [{causes}], or is not whole",
  },
  "checked-job.other-status": {
    ja: "{found} ({detail}) ですが、許されるのは {allowed} です",
    en: "is {found} ({detail}), allowed is {allowed}",
  },
  "checked-job.cut-has-end": {
    ja: "途中で切れたのに終了日時があります",
    en: "was cut off and has an end time",
  },
  "checked-job.never-ended": {
    ja: "終わっていません: {status}",
    en: "never ended: {status}",
  },
  "checked-job.ended-early": {
    ja: "開始より前に終わっています",
    en: "ended before it started",
  },
  "checked-job.not-listed": {
    ja: "実行中に一覧に出ませんでした",
    en: "was not in the list while it worked",
  },
  "checked-job.shown-otherwise": {
    ja: "実行中に {seen} と表示されましたが、正しくは [{due}] です",
    en: "was shown as {seen} while it worked, true is [{due}]",
  },
  "checked-job.rows-show-otherwise": {
    ja: "{status} ですが、行にある問題は{kinds}です",
    en: "is {status}, but its rows show {kinds}",
  },
  "checked-job.no-trouble": { ja: "なし", en: "no trouble" },
  "checked-job.wrong-count": {
    ja: "{what}が {said} とありますが、行では {shown} です",
    en: "says {said} {what}, its rows show {shown}",
  },
  "checked-job.range": { ja: "{least}から{most}", en: "{least} to {most}" },
  "checked-job.targets": { ja: "対象の数", en: "targets" },
  "checked-job.target-files": { ja: "対象ファイルの数", en: "target files" },
  "checked-job.target-bytes": { ja: "対象のバイト数", en: "target bytes" },
  "checked-job.processed": { ja: "処理した対象の数", en: "processed targets" },
  "checked-job.transferred-files": { ja: "転送したファイルの数", en: "transferred files" },
  "checked-job.transferred-bytes": { ja: "転送したバイト数", en: "transferred bytes" },
  "checked-job.excluded": { ja: "対象外の数", en: "excluded entries" },
  "checked-job.row-twice": { ja: "{path} の行が2つあります", en: "{path} has two rows" },
  "checked-job.sized-folder": {
    ja: "フォルダ {path} の行に{bytes}バイトとあります",
    en: "the row of the folder {path} has {bytes} bytes",
  },
  "checked-job.strange-row": {
    ja: "{path} は {found} ({detail}) ですが、そのような対象はありません",
    en: "{path} is {found} ({detail}), but there is no such target",
  },
  "checked-job.nothing-allowed": {
    ja: "{path} は {found} ({detail}) ですが、許される結果が1つもありません",
    en: "{path} is {found} ({detail}), and nothing at all is allowed",
  },
  "checked-job.other-row": {
    ja: "{path} は {found} ({detail}) ですが、許されるのは {allowed} です",
    en: "{path} is {found} ({detail}), allowed is {allowed}",
  },
  "checked-job.no-row": {
    ja: "{path} の行がありません。許されるのは {allowed} です",
    en: "{path} has no row, allowed is {allowed}",
  },
} as const satisfies MessageTable;
