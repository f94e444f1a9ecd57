import type { MessageTable } from "../message-table.ts";

/** What the operating system answers, by its codes. */
export const SYSTEM_ERROR_MESSAGES = {
  "system.EACCES": { ja: "アクセス権がありません", en: "permission denied" },
  "system.EPERM": { ja: "許可されていない操作です", en: "operation not permitted" },
  "system.ENOENT": { ja: "見つかりません", en: "there is no such file or folder" },
  "system.ENOTDIR": {
    ja: "途中にフォルダでないものがあります",
    en: "something on the way is no folder",
  },
  "system.EISDIR": { ja: "フォルダです", en: "it is a folder" },
  "system.EEXIST": { ja: "すでにあります", en: "it exists already" },
  "system.ENOTEMPTY": { ja: "フォルダが空ではありません", en: "the folder is not empty" },
  "system.ENOSPC": { ja: "ディスクに空きがありません", en: "the disk is full" },
  "system.EDQUOT": { ja: "割り当てられた容量を使い切りました", en: "the disk quota is used up" },
  "system.EROFS": { ja: "読み取り専用のディスクです", en: "the disk is read-only" },
  "system.EBUSY": { ja: "使用中です", en: "it is in use" },
  "system.EIO": { ja: "ディスクのエラーです", en: "the disk failed" },
  "system.ELOOP": {
    ja: "リンクが多すぎるか、リンクになっています",
    en: "it is a link, or leads through too many",
  },
  "system.ENAMETOOLONG": { ja: "名前かパスが長すぎます", en: "the name or the path is too long" },
  "system.EMFILE": { ja: "開いているファイルが多すぎます", en: "too many files are open" },
  "system.EADDRINUSE": { ja: "ポートはほかのプログラムが使用中です", en: "the port is in use" },
  "system.EADDRNOTAVAIL": {
    ja: "このPCのアドレスではありません",
    en: "it is no address of this PC",
  },
  "system.ECONNREFUSED": { ja: "接続を断られました", en: "the connection was refused" },
  "system.ECONNRESET": { ja: "接続が切れました", en: "the connection was cut" },
  "system.ENOTFOUND": { ja: "名前を解決できません", en: "the name cannot be resolved" },
  "system.ETIMEDOUT": { ja: "時間内に応答がありません", en: "there was no answer in time" },
  "system.other": { ja: "システムの答え: {code}", en: "the system says {code}" },
  "system.program-error": {
    ja: "プログラムの中のエラー ({name})",
    en: "an error within the program ({name})",
  },
} as const satisfies MessageTable;
