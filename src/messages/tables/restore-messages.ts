import type { MessageTable } from "../message-table.ts";

/** What the details of a restore say, of the job and of its rows. */
export const RESTORE_MESSAGES = {
  "restore.target-gone": {
    ja: "復元先のフォルダがないか、フォルダではありません",
    en: "the folder to restore to is not there, or is no folder",
  },
  "restore.target-is-link": {
    ja: "復元先に指定されたものはリンクです",
    en: "the folder to restore to is a link",
  },
  "restore.target-unwritable": {
    ja: "復元先のフォルダに書き込めません",
    en: "the folder to restore to may not be written",
  },
  "restore.not-on-service": {
    ja: "この名前のものは、もうサービス上にありません",
    en: "it is not on the service any more under this name",
  },
  "restore.path-not-on-service": {
    ja: "{path} はサービス上にありません",
    en: "{path} is not on the service",
  },
  "restore.generation-not-on-service": {
    ja: "{path} の世代{generation}はサービス上にありません",
    en: "generation {generation} of {path} is not on the service",
  },
  "restore.false-answer": {
    ja: "サービスの応答が壊れているか、誤っています: {why}",
    en: "the service's answer is damaged or false: {why}",
  },
  "restore.endless-listing": { ja: "一覧が先へ進みません", en: "the listing does not get on" },
  "restore.entry-no-name": { ja: "名前がありません", en: "it has no name" },
  "restore.entry-empty-name": {
    ja: "パスに空の名前があります",
    en: "a name in its path is empty",
  },
  "restore.entry-leads-elsewhere": {
    ja: "パスが別の場所を指しています",
    en: "its path leads elsewhere",
  },
  "restore.entry-control-character": {
    ja: "パスの名前にNUL文字が含まれています",
    en: "a name in its path holds NUL",
  },
  "restore.entry-no-unicode": {
    ja: "パスの名前がUnicodeとして正しくありません",
    en: "a name in its path is no Unicode",
  },
  "restore.entry-too-long": {
    ja: "パスが、サービスに置ける長さを超えています",
    en: "its path is longer than the service can hold",
  },
  "restore.entry-of-unknown-kind": {
    ja: "ファイルでもフォルダでもありません",
    en: "it is neither file nor folder",
  },
  "restore.entry-of-other-folder": {
    ja: "一覧したフォルダの中のものではありません",
    en: "it is not in the folder that was listed",
  },
  "restore.entry-forbidden-name": {
    ja: "サービスでは使えない名前がパスに含まれています",
    en: "a name in its path is none the service takes",
  },
  "restore.entry-out-of-order": {
    ja: "順番が違うか、2度現れました",
    en: "it is out of order, or there twice",
  },
  "restore.older-kept-beside": {
    ja: "同じ名前のより新しいものがあるため、{path} として残しました",
    en: "something of its name was saved later; kept as {path}",
  },
  "restore.older-left-out": {
    ja: "同じ名前のより新しいもの（ファイルまたはフォルダ）が保存されているため、そちらを復元します",
    en: "something of its name (a file or a folder) was saved later and is restored instead",
  },
  "restore.kept-beside": {
    ja: "別のファイルと並べて {name} として残しました",
    en: "kept beside another one, as {name}",
  },
  "restore.mode-not-kept": {
    ja: "このディスクにはモードを設定できません",
    en: "the disk does not keep its mode",
  },
  "restore.kept-beside-without-mode": {
    ja: "別のファイルと並べて {name} として残しました。このディスクにはモードを設定できません",
    en: "kept beside another one, as {name}; the disk does not keep its mode",
  },
  "restore.no-file-in-the-way": {
    ja: "同じ場所にフォルダかリンクがあり、置き換えません",
    en: "a folder or a link stands in its place; it is not replaced",
  },
  "restore.left-alone": {
    ja: "同じ場所にあるものを、そのまま残しました",
    en: "something stands in its place and was to be left alone",
  },
  "restore.no-folder-in-its-place": {
    ja: "同じ場所に、フォルダでないものがあります",
    en: "something that is no folder stands in its place",
  },
  "restore.logged-out": {
    ja: "復元中にログアウトされました",
    en: "somebody logged out during the restore",
  },
  "restore.closed": {
    ja: "復元中に専用ツールが終了しました",
    en: "the tool was closed during the restore",
  },
} as const satisfies MessageTable;
