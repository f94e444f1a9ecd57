import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with a delete job, compared with the PC and the service. */
export const CHECKED_DELETE_MESSAGES = {
  "checked-delete.had-not-to-run": {
    ja: "{status} ですが、未実行 [{causes}] でなければなりません",
    en: "is {status}, but it had to be not-run [{causes}]",
  },
  "checked-delete.held-untold": {
    ja: "{count}件を保留しましたが、それが書かれていません: {detail}",
    en: "held {count} and does not say so: {detail}",
  },
  "checked-delete.no-reason": {
    ja: "理由がないのに未実行 [{causes}] です",
    en: "is not-run [{causes}] without a reason",
  },
  "checked-delete.other-reason": {
    ja: "未実行の原因が [{causes}] ですが、正しくは [{asked}] です",
    en: "is not-run for [{causes}], true is [{asked}]",
  },
  "checked-delete.not-run-and-worked": {
    ja: "未実行なのに、何かを行っています",
    en: "did not run and has done something",
  },
  "checked-delete.not-run-and-ended": {
    ja: "未実行なのに、終了日時があります",
    en: "did not run and has an end time",
  },
  "checked-delete.left": {
    ja: "PCから無くなったのに、サービスに残っています",
    en: "is gone from the PC and was left",
  },
  "checked-delete.still-there": {
    ja: "{path} は {status} ですが、サービスにあります",
    en: "{path} is {status}, but it is on the service",
  },
  "checked-delete.other-size": {
    ja: "{path} は {found} バイトとありますが、索引では {known} バイトでした",
    en: "{path} has {found} bytes, the index knew {known}",
  },
  "checked-delete.switched-off": {
    ja: "差分比較削除がOFFなのに、削除されようとしました",
    en: "was to be deleted though --compare-delete is off",
  },
  "checked-delete.not-own": {
    ja: "この専用ツールが置いたものではないのに、削除されようとしました",
    en: "was to be deleted, and this agent never put it there",
  },
  "checked-delete.standing": {
    ja: "PCにあるのに、削除されようとしました",
    en: "was to be deleted and stands on the PC",
  },
  "checked-delete.not-looked": {
    ja: "無くなったと確かめられないうちに、削除されようとしました",
    en: "was to be deleted when nobody could know it gone",
  },
  "checked-delete.elsewhere": {
    ja: "同じものが別の場所にあり、そこから保存できなかったのに、削除されようとしました",
    en: "was to be deleted, and what it was stands elsewhere and could not be saved there",
  },
  "checked-delete.unconfirmed": {
    ja: "置かれていた装置やフォルダが無くなったと誰も確認していないのに、削除されようとしました",
    en: "was to be deleted, and nobody confirmed that what it lay on is gone",
  },
  "checked-delete.vanished-along": {
    ja: "ほかのものと一緒にサービスからなくなりました",
    en: "vanished from the service with something else",
  },
  "checked-delete.wrong-number": {
    ja: "削除ジョブが{count}つあります",
    en: "has {count} delete {count|job|jobs}",
  },
  "checked-delete.none-wanted": {
    ja: "削除ジョブが{count}つありますが、1つもないはずです",
    en: "has {count} delete {count|job|jobs}, none is wanted",
  },
  "checked-delete.follows-nothing": {
    ja: "{job}の前にバックアップがありません",
    en: "{job} follows no backup",
  },
  "checked-delete.did-not-wait": {
    ja: "{job}の間、{source} が待ちませんでした",
    en: "while {job} worked, {source} did not wait",
  },
  "checked-delete.waits-for-ever": {
    ja: "いつまでも待っています",
    en: "waits for ever",
  },
} as const satisfies MessageTable;
