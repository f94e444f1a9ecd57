import type { MessageTable } from "../message-table.ts";

/** The state file of the tool (`agent.db`), and what is wrong with it. */
export const STATE_MESSAGES = {
  "state.of-home": { ja: "{path}: {why}", en: "{path}: {why}" },
  "state.damaged": {
    ja: "状態ファイルが壊れています: {how}",
    en: "the state file is damaged: {how}",
  },
  "state.sqlite": { ja: "SQLiteのエラー {code}", en: "SQLite error {code}" },
  "state.column": {
    ja: "列 {column} の値が正しくありません",
    en: "column {column} is not what it was made for",
  },
  "state.unknown-word": {
    ja: "履歴に知らない語があります",
    en: "the history holds an unknown word",
  },
  "state.no-row": { ja: "必要な行がありません", en: "a row is missing that is always there" },
  "state.out-of-order": {
    ja: "索引の行の順序が正しくありません",
    en: "rows of the index do not follow each other",
  },
  "state.empty": { ja: "空です", en: "it is empty" },
  "state.gone": { ja: "なくなっています", en: "it is not there any more" },
  "state.repair-cut": {
    ja: "修復が最後まで終わっていません",
    en: "its repair did not come to its end",
  },
  "state.pages": { ja: "中身の検査で異常が見つかりました", en: "its pages do not fit together" },
  "state.tables": {
    ja: "表の作りが専用ツールのものと違います",
    en: "its tables are not those that the tool makes",
  },
  "state.unreadable": {
    ja: "状態ファイルを読み書きできませんでした ({how})",
    en: "the state file could not be read or written ({how})",
  },
  "state.read-only": {
    ja: "状態ファイルに書き込めません ({how})",
    en: "the state file may not be written ({how})",
  },
  "state.full": {
    ja: "状態ファイルのあるディスクに空き容量がありません",
    en: "the disk with the state file is full",
  },
  "state.held": {
    ja: "別のプロセスが状態ファイルを使用中です",
    en: "another process holds the state file",
  },
  "state.older": {
    ja: "古い版の表を新しくする必要があります",
    en: "the tables of an older version are to be brought up to date",
  },
  "state.foreign": {
    ja: "状態ファイルには別のプログラムの表が入っています",
    en: "the state file holds the tables of another program",
  },
  "state.newer": {
    ja: "状態ファイルは版{found}で、この専用ツールが知っているのは版{known}までです",
    en: "the state file is of version {found}, this tool knows up to {known}",
  },
  "state.not-repaired": { ja: "修復していません", en: "nothing was repaired" },
  "state.daemon-first": {
    ja: "{path} では daemon が動いています。終了してから修復してください",
    en: "a daemon holds {path}; end it before the repair",
  },
  "state.not-a-folder": { ja: "{path} はファイルです", en: "{path} is a file" },
  "state.no-file": {
    ja: "{path} はフォルダです。専用ツールはそこにファイルを置きます",
    en: "{path} is a folder; the tool keeps a file there",
  },
} as const satisfies MessageTable;
