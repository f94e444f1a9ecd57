import type { MessageTable } from "../message-table.ts";

/** What is wrong with a file or a request that is checked against a schema. */
export const INPUT_MESSAGES = {
  "input.at": { ja: "{place}: {what}", en: "{place}: {what}" },
  "input.top": { ja: "先頭", en: "the top" },
  "input.missing": { ja: "ありません", en: "is missing" },
  "input.missing-one-of": {
    ja: "ありません。使える値: {values}",
    en: "is missing; allowed: {values}",
  },
  "input.missing-kind": {
    ja: "ありません。{kinds} のどれかを指定してください",
    en: "is missing; give {kinds}",
  },
  "input.one-of": { ja: "使える値: {values}", en: "allowed: {values}" },
  "input.one-of-and-more": {
    ja: "使える値: {values} ほか{count}件",
    en: "allowed: {values} and {count} more",
  },
  "input.missing-with": { ja: "ありません。{hint}", en: "is missing; {hint}" },
  "input.not-allowed": { ja: "{value} は使えません。{hint}", en: "{value} is not allowed; {hint}" },
  "input.unknown-key": { ja: "知らないキーです。{hint}", en: "the key is not known; {hint}" },
  "input.meant": { ja: "{meant} のことですか? {hint}", en: "did you mean {meant}? {hint}" },
  "input.no-kind": { ja: "{kinds} のどれでもありません", en: "is none of {kinds}" },
  "input.expected": { ja: "{expected} を指定してください", en: "expected {expected}" },
  "input.too-small": {
    ja: "小さすぎるか、足りません (最小 {limit})",
    en: "too small, or too few (at least {limit})",
  },
  "input.too-big": {
    ja: "大きすぎるか、多すぎます (最大 {limit})",
    en: "too big, or too many (at most {limit})",
  },
  "input.format": { ja: "形式が違います ({format})", en: "not of the form {format}" },
  "input.not-valid": { ja: "正しい値ではありません", en: "is not valid" },
  "input.no-zone": {
    ja: "{zone} というタイムゾーンはありません。Asia/Tokyo のようなIANAの名前を指定してください",
    en: "{zone} is no time zone; give an IANA name such as Asia/Tokyo",
  },
  "input.no-zone-but": {
    ja: "{zone} というタイムゾーンはありません。{meant} のことですか?",
    en: "{zone} is no time zone; did you mean {meant}?",
  },
  "input.disk-name": {
    ja: "{disk} のディスクではその名前を使えません",
    en: "a {disk} disk holds no such name",
  },
  "input.disk-name-taken": {
    ja: "同じフォルダに同じ名前の {other} があります",
    en: "has the same name in the same folder as {other}",
  },
  "input.source-count": {
    ja: "バックアップ元は{count}個です (0から数えます)",
    en: "there are {count} sources, counted from 0",
  },
  "input.one-direction": {
    ja: "どちらか一方の向きだけを指定してください",
    en: "give bytes of one direction alone",
  },
  "input.glob-length": {
    ja: "ワイルドカードのあるパターンは{max}文字までです",
    en: "a pattern with wildcards has at most {max} characters",
  },
  "input.glob-wildcards": {
    ja: "パターンのワイルドカードは{max}個までです",
    en: "a pattern has at most {max} wildcards",
  },
  "input.no-folder-name": {
    ja: "フォルダの名前の一部にできません",
    en: "cannot be part of a folder's name",
  },
  "input.no-plan": {
    ja: "{edition} に {plan} というプランはありません",
    en: "{edition} has no plan {plan}",
  },
  "input.unreadable": { ja: "{file} を読み取れません: {why}", en: "{file} cannot be read: {why}" },
  "input.unwritable": {
    ja: "{file} に書き込めません: {why}",
    en: "{file} cannot be written: {why}",
  },
  "input.unremovable": {
    ja: "{file} を削除できません: {why}",
    en: "{file} cannot be removed: {why}",
  },
  "input.no-yaml": {
    ja: "YAMLまたはJSONとして読めません ({code})",
    en: "is neither YAML nor JSON ({code})",
  },
  "input.alias": {
    ja: "別名 (alias) がどこも指していないか、多すぎます",
    en: "its aliases lead nowhere, or are too many",
  },
  "input.lines": { ja: "{lines}", en: "{lines}" },
} as const satisfies MessageTable;
