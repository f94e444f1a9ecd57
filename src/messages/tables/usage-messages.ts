import type { MessageTable } from "../message-table.ts";

/** What is wrong with a command line. */
export const USAGE_MESSAGES = {
  "usage.no-command": { ja: "コマンドが指定されていません", en: "no command was given" },
  "usage.unknown-command": {
    ja: "{command} というコマンドはありません",
    en: "there is no command {command}",
  },
  "usage.unknown-option": {
    ja: "{option} というオプションはありません",
    en: "there is no option {option}",
  },
  "usage.meant": { ja: "{what}。{meant} のことですか?", en: "{what}; did you mean {meant}?" },
  "usage.missing-argument": {
    ja: "引数 {argument} が必要です",
    en: "the argument {argument} is missing",
  },
  "usage.missing-option": {
    ja: "オプション {option} が必要です",
    en: "the option {option} is missing",
  },
  "usage.missing-value": {
    ja: "オプション {option} に値が必要です",
    en: "the option {option} needs a value",
  },
  "usage.too-many-arguments": {
    ja: "引数が多すぎます: {wanted}個までのところ、{given}個あります",
    en: "too many arguments: {wanted} at most, {given} were given",
  },
  "usage.invalid": {
    ja: "{what} に「{value}」は使えません。{why}",
    en: '{what} does not take "{value}": {why}',
  },
  "usage.allowed": { ja: "使える値: {values}", en: "allowed are {values}" },
  "usage.not-understood": { ja: "指定を理解できません", en: "it was not understood" },
  "usage.whole-number": { ja: "1以上の整数を指定してください", en: "give a whole number from 1" },
  "usage.whole-number-or-zero": {
    ja: "0以上の整数を指定してください",
    en: "give a whole number from 0",
  },
  "usage.port": {
    ja: "0から65535までのポート番号を指定してください",
    en: "give a port from 0 to 65535",
  },
  "usage.byte-count": {
    ja: "1以上のバイト数を整数で指定してください",
    en: "give a whole number of bytes from 1",
  },
  "usage.origin": {
    ja: "https://app.example のようなオリジンを指定してください",
    en: "give an origin such as https://app.example",
  },
  "usage.time-of-day": {
    ja: "00:00 から 23:59 までの時刻を指定してください",
    en: "give a time from 00:00 to 23:59",
  },
  "usage.duration": {
    ja: "90s、30m、8h のような時間を指定してください",
    en: "give a time such as 90s, 30m or 8h",
  },
  "usage.status": {
    ja: "{values} のどれかを、コードか表示名で指定してください",
    en: "give one of {values}, by its code or its label",
  },
  "usage.weekdays": { ja: "{days} の中から曜日を指定してください", en: "give days out of {days}" },
  "usage.empty": {
    ja: "{what} が空です。値を指定するか、省いてください",
    en: "{what} is empty; give a value, or leave it out",
  },
  "usage.days-without-at": {
    ja: "--days は --at と一緒に指定してください",
    en: "--days goes with --at",
  },
  "usage.no-schedule": {
    ja: "--at を指定するか、schedule set で時刻を決めてください",
    en: "give --at, or choose a time with schedule set",
  },
  "usage.ask-needs-terminal": {
    ja: "--on-conflict ask は、--json なしで端末から実行するときだけ使えます",
    en: "--on-conflict ask needs a terminal, and no --json",
  },
  "usage.password-without-user": {
    ja: "--password-stdin は --user と一緒に指定してください",
    en: "--password-stdin goes with --user",
  },
} as const satisfies MessageTable;
