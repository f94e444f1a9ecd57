import type { MessageTable } from "../message-table.ts";

/** Jobs of the history that are not there, or cannot be run again. */
export const HISTORY_MESSAGES = {
  "history.no-job": { ja: "ID {id} の履歴はありません", en: "there is no job {id}" },
  "history.is-deletion": {
    ja: "ID {id} は差分比較削除です。{path} のバックアップを実行すると、続けて削除も行われます",
    en: "job {id} is a deletion: run the backup of {path}, its deletions follow it",
  },
  "history.not-incomplete": {
    ja: "ID {id} は未完了ではありません",
    en: "job {id} is not incomplete",
  },
  "history.source-removed": {
    ja: "{path} は、ID {id} のあとにバックアップ元から外されました。追加してからバックアップしてください",
    en: "{path} was taken off the list of sources since job {id}; add it and back it up",
  },
  "history.generation-of-folder": {
    ja: "世代があるのはファイルだけです。世代を指定しないでください",
    en: "only a file has generations; leave the generation out",
  },
  "history.no-page": {
    ja: "{page}ページ目はありません。1から{last}までのページがあります",
    en: "there is no page {page}: the pages are 1 to {last}",
  },
  "history.not-run-again": { ja: "再実行しませんでした", en: "the job was not run again" },
} as const satisfies MessageTable;
