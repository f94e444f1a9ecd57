import type { MessageTable } from "../message-table.ts";

/** What the checkers find wrong with a backup, compared with what the service has. */
export const CHECKED_BACKUP_MESSAGES = {
  "checked-backup.no-folder": {
    ja: "{status} ですが、サービスにそのフォルダがありません",
    en: "is {status}, but the service has no such folder",
  },
  "checked-backup.no-file": {
    ja: "{status} ですが、サービスにそのファイルがありません",
    en: "is {status}, but the service has no such file",
  },
  "checked-backup.other-mode": {
    ja: "{status} ですが、サービスにあるモードは {mode} です",
    en: "is {status}, but the service has the mode {mode}",
  },
  "checked-backup.other-bytes": {
    ja: "{status} ですが、サービスにある内容は実行中のディスクになかったものです",
    en: "is {status}, but the service holds bytes that the disk did not have during the run",
  },
  "checked-backup.untouched-left": {
    ja: "何も妨げがなかったのに、バックアップされていません",
    en: "nothing was wrong with it, and it was not backed up",
  },
} as const satisfies MessageTable;
