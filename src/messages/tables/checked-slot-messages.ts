import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with a slot of the schedule and its row, and with the task of the OS. */
export const CHECKED_SLOT_MESSAGES = {
  "checked-slot.at": {
    ja: "{source}、{day}日目の予定 (時刻 {slotMs}): {what}",
    en: "{source}, slot of day {day} at {slotMs}: {what}",
  },
  "checked-slot.no-row": { ja: "行がありません", en: "has no row" },
  "checked-slot.not-asked": {
    ja: "{day}日目の予定の行ですが、その日にはそのような予定がありません",
    en: "is for day {day}, on which no slot asks for it",
  },
  "checked-slot.disordered": {
    ja: "{job}が、より古い{other}の下にあります",
    en: "{job} stands below {other} and is newer",
  },
  "checked-slot.must-not-run": {
    ja: "{status} ですが、{causes} のため実行されないはずです",
    en: "is {status}, must not have run for {causes}",
  },
  "checked-slot.login-not-lost": {
    ja: "保存されたパスワードでログインできなくなったと言いますが、そうではありません",
    en: "says that the kept password lets nobody in any more, which is not so",
  },
  "checked-slot.login-lost-untold": {
    ja: "保存されたパスワードでログインできなくなったことを言いません",
    en: "does not say that the kept password lets nobody in any more",
  },
  "checked-slot.starts-at": {
    ja: "開始が {atMs} になっています",
    en: "starts at {atMs}",
  },
  "checked-slot.not-run-and-ended": {
    ja: "未実行なのに終了日時があります",
    en: "did not run and has an end",
  },
  "checked-slot.not-run-and-worked": {
    ja: "未実行なのにファイルの数があります",
    en: "did not run and shows files",
  },
  "checked-slot.other-causes": {
    ja: "未実行の原因が [{causes}] ですが、正しくは {truth} のいずれかで、ほかに書いてよいのは {may} です",
    en: "did not run for [{causes}], true is one of {truth}, besides may stand {may}",
  },
  "checked-slot.had-to-run": {
    ja: "{found} ですが、実行されるはずでした",
    en: "is {found}, had to run",
  },
  "checked-slot.wrong-after-stop": {
    ja: "{stop} の後に {found} になっています",
    en: "is {found} after {stop}",
  },
  "checked-slot.other-trigger": {
    ja: "{trigger} の操作で始まったジョブです",
    en: "is a job that a {trigger} start began",
  },
  "checked-slot.late": { ja: "開始が {lateMs} ミリ秒遅れました", en: "began {lateMs} ms late" },
  "checked-slot.left-before": {
    ja: "OSのタスクから起動された常駐が、{day} 日目の予定 {slotMs} の前、{leftMs} に自分から終了しました",
    en: "the tool that a task of the OS started ended by itself at {leftMs}, before the slot of day {day} at {slotMs}",
  },
  "checked-slot.holds-nothing": {
    ja: "時点 {elapsedMs} に起動した専用ツールは、予定を受け持っていません",
    en: "the tool that was started at {elapsedMs} does not hold the schedule",
  },
  "checked-slot.room-told-wrongly": {
    ja: "時点 {elapsedMs} に起動した専用ツールが、空き容量を待つことを正しく知らせていません",
    en: "the tool that was started at {elapsedMs} does not say rightly that it waits for room",
  },
  "checked-slot.task-on-2012": {
    ja: "Windows Server 2012で、時点 {elapsedMs} にタスクが登録されました",
    en: "a task was registered on Windows Server 2012 at {elapsedMs}",
  },
  "checked-slot.task-times": {
    ja: "時点 {elapsedMs} に登録されたタスクの起動は{found}ですが、正しくは{wanted}です",
    en: "the task registered at {elapsedMs} starts at {found}, not at {wanted}",
  },
  "checked-slot.times": {
    ja: "曜日 {weekdays} の{minute}分",
    en: "minute {minute} of weekdays {weekdays}",
  },
} as const satisfies MessageTable;
