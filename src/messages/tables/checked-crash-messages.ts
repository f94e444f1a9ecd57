import type { MessageTable } from "../message-table.ts";

/** What the sweep finds wrong with a run that was struck at one point. */
export const CHECKED_CRASH_MESSAGES = {
  "checked-crash.slot-rows": {
    ja: "{day}日目の予定に、{source} の行が{count}つあります",
    en: "{source} has {count} {count|row|rows} in the slot of day {day}",
  },
  "checked-crash.slot-deletions": {
    ja: "{day}日目の予定に、{source} の削除が{count}つあります",
    en: "{source} has {count} {count|deletion|deletions} in the slot of day {day}",
  },
  "checked-crash.slots-open": {
    ja: "終わっていない予定が{count}つあります",
    en: "{count} {count|slot was|slots were} never ended",
  },
  "checked-crash.no-message-id": {
    ja: "Message-ID のないメールがあります",
    en: "a mail has no Message-ID",
  },
  "checked-crash.mail-count": {
    ja: "問題のあった予定{slots}つに対し、メールが{mails}通届きました",
    en: "{mails} {mails|mail|mails} came for {slots} troubled {slots|slot|slots}",
  },
  "checked-crash.mails-twice": {
    ja: "{count}通のメールが2回届きました",
    en: "{count} {count|mail|mails} came twice",
  },
  "checked-crash.mails-wait": {
    ja: "{count}通のメールがまだ待っています",
    en: "{count} {count|mail still waits|mails still wait}",
  },
  "checked-crash.backup": { ja: "バックアップ", en: "backup" },
  "checked-crash.deletion": { ja: "削除", en: "deletion" },
  "checked-crash.slot-ended": {
    ja: "{day}日目の予定の、{source} の{kind}が {found} で終わりました",
    en: "the {kind} of {source} in the slot of day {day} ended {found}",
  },
  "checked-crash.after-slot": {
    ja: "{day}日目の予定の、{source} の{kind}の後、{difference}",
    en: "after the {kind} of {source} in the slot of day {day}, {difference}",
  },
  "checked-crash.left-over": { ja: "{path} が残っています", en: "{path} is left over" },
  "checked-crash.notes-left": {
    ja: "覚え書きが{count}個残っています",
    en: "{count} {count|note is|notes are} left over",
  },
  "checked-crash.target": {
    ja: "終わった時点で、{to} の {path}: {what}",
    en: "at the crash, {path} in {to}: {what}",
  },
  "checked-crash.neither": {
    ja: "元のものでも新しいものでもありません",
    en: "is neither old nor new",
  },
  "checked-crash.gone": { ja: "なくなっています", en: "is gone" },
  "checked-crash.not-as-restored": {
    ja: "復元されたときと違います",
    en: "is not as it was restored",
  },
} as const satisfies MessageTable;
