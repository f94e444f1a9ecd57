import type { MessageTable } from "../message-table.ts";

/** The tool's own folder, and who uses it. */
export const HOME_MESSAGES = {
  "home.of-another-user": {
    ja: "{path} は別のユーザー (uid {uid}) のものです",
    en: "{path} belongs to another user (uid {uid})",
  },
  "home.writable-by-others": {
    ja: "{path} にはほかの人も書き込めます。chmod go-w で直せます",
    en: "others can write {path}; chmod go-w puts that right",
  },
  "home.has-link": { ja: "{path} はリンクです", en: "{path} is a link" },
  "home.no-plain-file": {
    ja: "{path} はファイルでもフォルダでもありません",
    en: "{path} is neither a file nor a folder",
  },
  "home.held": {
    ja: "{path} は別のプロセスが使用中です",
    en: "{path} is in use by another process",
  },
  "home.held-by": {
    ja: "{path} はプロセス {pid} (azukeru-agent {command}) が使用中です",
    en: "{path} is in use by process {pid} (azukeru-agent {command})",
  },
  "home.restore-running": {
    ja: "プロセス {pid} が復元を実行しています",
    en: "process {pid} runs a restore",
  },
  "home.no-answer": {
    ja: "{path} はプロセス {pid} が使用中です",
    en: "{path} is in use by process {pid}",
  },
  "home.has-daemon": {
    ja: "{path} ではすでに daemon が動いています",
    en: "{path} has a daemon already",
  },
  "home.closed": { ja: "専用ツールは終了しています", en: "the tool is closed" },
  "home.closed-before-turn": {
    ja: "順番が来る前に専用ツールが終了しました",
    en: "the tool was closed before its turn came",
  },
  "home.busy": { ja: "バックアップか復元を実行中です", en: "a backup or a restore is running" },
} as const satisfies MessageTable;
