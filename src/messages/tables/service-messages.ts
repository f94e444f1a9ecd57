import type { MessageTable } from "../message-table.ts";

/** What azukeru-sim serve and exec say. */
export const SERVICE_MESSAGES = {
  "service.at": {
    ja: "サービス: {url} (ログインID {loginId}、パスワード {password})。Ctrl+C で終了します。",
    en: "The service is at {url} (login ID {loginId}, password {password}). Ctrl+C stops it.",
  },
  "service.in-memory": {
    ja: "データはメモリ内にあり、終了すると消えます。--data DIR を指定すると残ります。",
    en: "Everything is kept in memory and gone when it stops; --data DIR keeps it.",
  },
  "service.in-folder": {
    ja: "データは {folder} に残ります。すでにあるアカウントはそのまま使われます。",
    en: "Everything is kept in {folder}; accounts that are there stay as they are.",
  },
  "service.mail": {
    ja: "メール: {host} {ports} (ユーザー {user}、パスワード {password})",
    en: "Mails are taken at {host}, {ports} (user {user}, password {password}).",
  },
  "service.smtp-port": {
    ja: "ポート {port} (平文とSTARTTLS)",
    en: "port {port} (plain, STARTTLS)",
  },
  "service.smtps-port": { ja: "ポート {port} (TLS)", en: "port {port} (TLS)" },
  "service.command-failed": { ja: "{command}: {why}", en: "{command}: {why}" },
  "service.not-started": {
    ja: "{program} を起動できません: {why}",
    en: "{program} cannot be started: {why}",
  },
  "service.append-limits": {
    ja: "--upload-append-min の {min} が、1回に送れる上限の {max} を超えています",
    en: "--upload-append-min {min} is more than an append may carry, {max}",
  },
  "service.data-unusable": {
    ja: "{file} を使えません: {why}",
    en: "{file} cannot be used: {why}",
  },
  "service.data-in-use": {
    ja: "ほかのプロセスが使っています",
    en: "another process uses it",
  },
  "service.data-foreign": {
    ja: "ほかのプログラムのファイルです",
    en: "it is the file of another program",
  },
  "service.data-version": {
    ja: "バージョン {version} のファイルです (必要なのは {known})",
    en: "it is of version {version}, not {known}",
  },
  "service.data-damaged": {
    ja: "壊れています ({detail})",
    en: "it is damaged ({detail})",
  },
  "service.tls-pair": {
    ja: "--tls-key と --tls-cert は両方を指定してください",
    en: "--tls-key and --tls-cert go together",
  },
} as const satisfies MessageTable;
