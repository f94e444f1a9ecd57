import type { MessageTable } from "../message-table.ts";

/** What a disk refused, and what stands on it. */
export const DISK_MESSAGES = {
  "disk.unreadable-file": {
    ja: "ディスクがファイルの読み取りを許可しませんでした",
    en: "the disk refuses to let it be read",
  },
  "disk.unreadable-folder": {
    ja: "ディスクがフォルダの一覧を許可しませんでした。中のものは何もバックアップできません",
    en: "the disk refuses to let the folder be listed; nothing in it could be backed up",
  },
  "disk.unreadable-source": {
    ja: "バックアップ元フォルダそのものを読み取れません",
    en: "the source folder itself may not be read",
  },
  "disk.gone-while-read": {
    ja: "一覧に載ったあと、読み取るまでに無くなりました",
    en: "it was there when the folder was listed and gone when it was to be read",
  },
  "disk.held-open": {
    ja: "ほかのアプリケーションが開いたままです",
    en: "another application holds it open",
  },
  "disk.folder-replaced": {
    ja: "入っていたフォルダが別のものに置き換わりました",
    en: "its folder was replaced",
  },
  "disk.path-too-long-to-read": {
    ja: "パスが、このディスクで開ける長さを超えています",
    en: "its path is longer than the disk can open",
  },
  "disk.failed-while-read": {
    ja: "読み取り中にディスクのエラーが起きました",
    en: "the disk failed while it was read",
  },
  "disk.failed-while-listed": {
    ja: "フォルダの一覧中にディスクのエラーが起きました",
    en: "the disk failed while the folder was listed",
  },
  "disk.says-exists": {
    ja: "ディスクが、同じ名前のものがすでにあると答えました",
    en: "the disk says that it exists already",
  },
  "disk.says-full": {
    ja: "ディスクが、空きがないと答えました",
    en: "the disk says that it is full",
  },
  "disk.unwritable": {
    ja: "ディスクが書き込みを許可しませんでした",
    en: "the disk refuses to let it be written",
  },
  "disk.held-by-other": {
    ja: "そこにあるものを、ほかのアプリケーションが使用中です",
    en: "another application holds what stands there",
  },
  "disk.folder-in-its-place": {
    ja: "同じ場所に、フォルダかリンクがあります",
    en: "a folder or a link stands in its place",
  },
  "disk.no-folder-on-the-way": {
    ja: "途中に、フォルダでないものがあります",
    en: "something that is no folder is on the way",
  },
  "disk.folder-went-away": {
    ja: "書き込み中に、入れるフォルダが無くなりました",
    en: "its folder went away while it was written",
  },
  "disk.path-too-long-to-write": {
    ja: "パスが、このディスクで使える長さを超えています",
    en: "its path is longer than the disk can have",
  },
  "disk.full": { ja: "ディスクに空きがありません", en: "the disk is full" },
  "disk.failed-while-written": {
    ja: "書き込み中にディスクのエラーが起きました",
    en: "the disk failed while it was written",
  },
  "disk.windows-device-name": {
    ja: "Windowsが装置のために取ってある名前です",
    en: "Windows keeps this name for a device",
  },
  "disk.windows-character": {
    ja: "Windowsでは使えない文字が名前に含まれています",
    en: "Windows has no names with such a character",
  },
  "disk.windows-name-end": {
    ja: "Windowsでは、名前をピリオドや空白で終えることができません",
    en: "Windows has no names that end in a full stop or a space",
  },
} as const satisfies MessageTable;
