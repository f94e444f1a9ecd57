import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with a restore, compared with what stands on the disk. */
export const CHECKED_RESTORE_MESSAGES = {
  "checked-restore.to": { ja: "{to} への{job}: {what}", en: "{job} to {to}: {what}" },
  "checked-restore.created": { ja: "{path} が作られました", en: "{path} came into being" },
  "checked-restore.created-empty": {
    ja: "空の {path} が作られました",
    en: "{path} came into being, empty",
  },
  "checked-restore.gone": { ja: "{path} がなくなりました", en: "{path} is gone" },
  "checked-restore.replaced": { ja: "{path} が別のものになりました", en: "{path} is another one" },
  "checked-restore.touched": {
    ja: "{path} の更新日時が変わりました",
    en: "{path} has another modification time",
  },
  "checked-restore.made": { ja: "{path} が作られました", en: "{path} was made" },
  "checked-restore.removed": { ja: "{path} が消されました", en: "{path} was removed" },
  "checked-restore.spoilt": {
    ja: "{when}、{path} に、誰も保存していない内容があります",
    en: "{when}, {path} has bytes that nobody stored",
  },
  "checked-restore.when-cut": {
    ja: "プロセスが終わったとき",
    en: "when its process had ended",
  },
  "checked-restore.when-ended": { ja: "終了時", en: "at its end" },
  "checked-restore.not-back": { ja: "戻りませんでした", en: "did not come back" },
  "checked-restore.other-back": {
    ja: "別のものになって戻りました",
    en: "came back as something else",
  },
  "checked-restore.not-of-pc": { ja: "PCにないものです", en: "is nothing that the PC has" },
  "checked-restore.never-of-pc": { ja: "PCになかったものです", en: "is nothing that the PC had" },
  "checked-restore.not-as-it-is": {
    ja: "元のとおりに戻りませんでした",
    en: "was not given back as it is",
  },
  "checked-restore.not-as-it-stood": {
    ja: "復元の前にあったとおりではありません",
    en: "is not as it stood there before the restore",
  },
  "checked-restore.not-overwritten": {
    ja: "上書きを選んだのに、サービスにある日時とパーミッションになっていません",
    en: "has not the time and mode that the service has, although it was to be overwritten",
  },
  "checked-restore.asked-all-the-same": {
    ja: "すべてに適用する答えのあとで、またたずねられました",
    en: "was asked about behind an answer that is for all",
  },
  "checked-restore.asked-again": {
    ja: "2回たずねられました",
    en: "was asked about twice",
  },
  "checked-restore.asked-wrongly": {
    ja: "そこにあるもの、または復元されるものと違う内容でたずねられました",
    en: "was asked about with what neither stands there nor would come",
  },
  "checked-restore.not-asked": {
    ja: "たずねられずに決められました",
    en: "was decided about, and nobody was asked",
  },
  "checked-restore.left-over": {
    ja: "{job}の後に {path} がありますが、誰も保存していません",
    en: "after {job}, {path} is there and nobody stored it",
  },
  "checked-restore.nothing-there": {
    ja: "completed ですが、その場所に何もありません",
    en: "is completed, but nothing stands there",
  },
  "checked-restore.other-there": {
    ja: "completed ですが、その場所にあるのは別のものです",
    en: "is completed, but something else stands there",
  },
  "checked-restore.changed-service": {
    ja: "サービスにあるものを変えました",
    en: "changed what is on the service",
  },
  "checked-restore.fetched-again": {
    ja: "取り寄せる必要のないファイルを取り寄せました ({count} 回)",
    en: "fetched a file that need not be fetched, or fetched it again ({count} times)",
  },
} as const satisfies MessageTable;
