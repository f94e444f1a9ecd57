import type { MessageTable } from "../message-table.ts";

/** Why the service refuses what a request wants: paths, names, states, capacity, accounts. */
export const STORAGE_REFUSAL_MESSAGES = {
  "storage.invalid-path": {
    ja: "パスが正しくありません ({why})。",
    en: "The path is not valid: {why}.",
  },
  "storage.path-empty": { ja: "空です", en: "it is empty" },
  "storage.path-empty-name": { ja: "空の名前があります", en: "a name in it is empty" },
  "storage.path-dot-name": {
    ja: "「.」と「..」は名前になりません",
    en: "`.` and `..` are no names",
  },
  "storage.path-separator-in-name": {
    ja: "名前に / が含まれています",
    en: "a name in it contains /",
  },
  "storage.path-control-character": {
    ja: "名前にNULが含まれています",
    en: "a name in it contains NUL",
  },
  "storage.path-malformed-unicode": {
    ja: "UTF-8を正しくパーセントエンコードしたものではありません",
    en: "it is not valid percent-encoded UTF-8",
  },
  "storage.path-too-long": { ja: "長すぎます", en: "it is too long" },
  "storage.path-bytes": {
    ja: "パスが{bytes}バイトになります。サービスに置けるのは{max}バイトまでです。",
    en: "A path would have {bytes} bytes; the service keeps up to {max}.",
  },
  "storage.path-names": {
    ja: "パスの名前が{count}個になります。サービスに置けるのは{max}個までです。",
    en: "A path would have {count} names; the service keeps up to {max}.",
  },
  "storage.no-file": { ja: "ファイル {path} はありません。", en: "There is no file {path}." },
  "storage.no-folder": { ja: "フォルダ {path} はありません。", en: "There is no folder {path}." },
  "storage.no-such-file": { ja: "そのファイルはありません。", en: "There is no such file." },
  "storage.no-parent": {
    ja: "フォルダ {folder} がありません。先に作成してください。",
    en: "The folder {folder} does not exist; create it first.",
  },
  "storage.generation-not-kept": {
    ja: "このファイルの第{generation}世代は残っていません。",
    en: "Generation {generation} of this file is not kept.",
  },
  "storage.size": {
    ja: "ファイルの大きさは{sizeBytes}バイトです。",
    en: "The file has {sizeBytes} bytes.",
  },
  "storage.stands-as": { ja: "いまのファイルは {etag} です。", en: "The file stands as {etag}." },
  "storage.changed": { ja: "{path} は変更されています。", en: "{path} is another one by now." },
  "storage.folder-not-empty": {
    ja: "先に中身を削除するか、まとめて削除してください。",
    en: "Delete what is in it first, or all of it at once.",
  },
  "storage.folder-changed": {
    ja: "{path} までのフォルダがなくなったか、別のフォルダに置き換わっています。",
    en: "The folder on the way to {path} is gone, or another one has its place.",
  },
  "storage.state-changed": {
    ja: "サービスが以前の状態に戻されたか、別のサービスです。",
    en: "The service was put back to an older state, or is another one.",
  },
  "storage.folder-into-itself": {
    ja: "フォルダをそれ自身の中に移すことはできません。",
    en: "A folder cannot go into itself.",
  },
  "storage.name-taken": { ja: "{path} はすでにあります。", en: "{path} exists already." },
  "storage.count": {
    ja: "1つの契約で保存できるのは、フォルダ{folderCountMax}個、ファイル{fileCountMax}個までです。",
    en: "A contract holds up to {folderCountMax} folders and {fileCountMax} files.",
  },
  "storage.no-room": {
    ja: "{path} にはあと{requiredBytes}バイト必要ですが、空きは{freeBytes}バイトです。",
    en: "{path} needs {requiredBytes} more bytes; {freeBytes} are free.",
  },
  "storage.memory": {
    ja: "このサービスがメモリに保存できるのは、全員の分を合わせて{bytesMax}バイトまでです。",
    en: "This service keeps up to {bytesMax} bytes in memory, for everybody together.",
  },
  "storage.not-writable": {
    ja: "{path} には書き込めません。書き込めるのは{area}の中だけです。",
    en: "Nothing can be written at {path}; writing is possible below {area}.",
  },
  "storage.forbidden-character": {
    ja: "名前 {name} に、サービスでは使えない文字が含まれています。",
    en: "The name {name} contains a character that no name on the service may have.",
  },
  "storage.not-removable": {
    ja: "{path} の名前の変更や削除はできません。",
    en: "{path} cannot be renamed or deleted.",
  },
  "storage.session-count": {
    ja: "ログインが{count}件あります。どれかをログアウトするか、期限が切れるまで待ってください。",
    en: "There are {count} sessions; log out of some, or wait until they end.",
  },
  "storage.data-unwritable": {
    ja: "データのファイルに書き込めません ({why})。",
    en: "The data file cannot be written: {why}.",
  },
  "storage.login-id-taken": {
    ja: "ログインID {loginId} は使われています",
    en: "login ID {loginId} is taken",
  },
  "storage.other-term": {
    ja: "{loginId} の {term} が契約 {contractId} と違います",
    en: "{term} of {loginId} is not that of contract {contractId}",
  },
  "storage.no-account": {
    ja: "アカウント {loginId} はありません",
    en: "there is no account {loginId}",
  },
  "storage.account-count": {
    ja: "アカウントと契約はそれぞれ{max}件までです",
    en: "a service has at most {max} accounts and as many contracts",
  },
} as const satisfies MessageTable;
