import type { MessageTable } from "../message-table.ts";

/** Values that no setting takes. */
export const SETTINGS_MESSAGES = {
  "settings.device-name": {
    ja: "PCの名前には、255文字までの、空でなく、サービスで使える名前を指定してください",
    en: "the PC's name must be a name the service can hold, of at most 255 characters",
  },
  "settings.schedule": {
    ja: "予定には、00:00 から 23:59 までの時刻と、1つ以上の曜日が必要です",
    en: "a schedule is a time from 00:00 to 23:59 on at least one day of the week",
  },
  "settings.no-pc": { ja: "この専用ツールはPCを知らずに開かれました", en: "this tool knows no PC" },
} as const satisfies MessageTable;
