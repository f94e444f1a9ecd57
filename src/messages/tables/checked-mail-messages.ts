import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with result mails and their settings. */
export const CHECKED_MAIL_MESSAGES = {
  "checked-mail.of-no-slot": {
    ja: "{subject} は、どの予定のメールでもありません",
    en: "{subject} tells of no slot",
  },
  "checked-mail.false-accepted": {
    ja: "正しくない操作 {act} が受け付けられました",
    en: "a {act} was accepted that was none",
  },
  "checked-mail.true-refused": {
    ja: "正しい操作 {act} が拒否されました",
    en: "a {act} that was right was refused",
  },
  "checked-mail.test-count": {
    ja: "テストメールが{came}通届きましたが、求めたのは{asked}通です",
    en: "{came} test mails came, {asked} were asked for",
  },
  "checked-mail.other-address": {
    ja: "{subject} が、時点 {elapsedMs} に {address} に届きました",
    en: "{subject} went to {address} at {elapsedMs}",
  },
  "checked-mail.of-slot": {
    ja: "{day}日目の予定: {what}",
    en: "the slot of day {day}: {what}",
  },
  "checked-mail.several": { ja: "メールが{count}通あります", en: "has {count} mails" },
  "checked-mail.not-wanted": {
    ja: "メールがありますが、ないはずです",
    en: "has a mail and was to have none",
  },
  "checked-mail.too-early": {
    ja: "終わる前にメールが届きました",
    en: "was told before it was over",
  },
  "checked-mail.too-late": {
    ja: "メールが遅すぎるか、もう1通届きました",
    en: "was told too late, or once more",
  },
  "checked-mail.not-told": {
    ja: "{byMs} までに {address} に届きませんでした",
    en: "was not told to {address} by {byMs}",
  },
  "checked-mail.left-with-mail": {
    ja: "OSのタスクから起動された常駐が、{address} 宛ての送信を待たずに {leftMs} に終了しました",
    en: "the tool that a task of the OS started left at {leftMs}, before it was sent to {address}",
  },
  "checked-mail.told-twice": { ja: "2回届きました", en: "was told twice" },
  "checked-mail.says-other": {
    ja: "メールの「{place}」は {found} ですが、正しくは {wanted} です",
    en: "its mail says {found} at {place}, where it is {wanted}",
  },
  "checked-mail.other-way": {
    ja: "{subject} は、設定どおりに送られませんでした: {found}",
    en: "{subject} did not go as the settings say: {found}",
  },
  "checked-mail.in-the-clear": {
    ja: "SSLがONなのに、暗号化の前に {kind} が送られました (時点 {elapsedMs})",
    en: "{kind} was said before TLS at {elapsedMs}, though SSL is ON",
  },
  "checked-mail.to-another": {
    ja: "証明書が正しくないサーバに {kind} が送られました (時点 {elapsedMs})",
    en: "{kind} was said at {elapsedMs} to a server whose certificate does not hold",
  },
  "checked-mail.no-room": {
    ja: "メールサーバに {roomBytes} バイトの容量があり、置かれているメールは多くても {heldBytes} バイトなのに、{sizeBytes} バイトのメールが容量不足として断られました (時点 {elapsedMs})",
    en: "the mail server refused a mail of {sizeBytes} bytes for want of room at {elapsedMs}, with room for {roomBytes} bytes and at most {heldBytes} taken",
  },
  "checked-mail.test-told-otherwise": {
    ja: "時点 {elapsedMs} のテストメールは {due} のはずですが、{code} と示されました",
    en: "the test mail of {elapsedMs} was told as {code}, and is {due}",
  },
  "checked-mail.test-failed": {
    ja: "妨げるものがないのに、テストメールが届きませんでした (時点 {elapsedMs})",
    en: "the test mail of {elapsedMs} did not come though nothing was in its way",
  },
  "checked-mail.other-date": {
    ja: "メールの日時が、作成された時刻と違います ({dateMs})",
    en: "its mail is dated {dateMs}, which is not when it was made",
  },
  "checked-mail.test-says-other": {
    ja: "テストメールの内容が違います: {found}",
    en: "a test mail says {found}",
  },
} as const satisfies MessageTable;
