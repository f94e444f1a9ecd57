import type { MessageTable } from "../message-table.ts";

/** Why the service refuses to begin, continue or end an upload. */
export const UPLOAD_REFUSAL_MESSAGES = {
  "upload.unknown": {
    ja: "そのアップロードはありません。新しく始めてください。",
    en: "There is no such upload; begin a new one.",
  },
  "upload.count": {
    ja: "終わっていないアップロードが{count}件あります。先にどれかを終えるか、取り消してください。",
    en: "There are {count} unfinished uploads; finish or cancel some first.",
  },
  "upload.append-bytes-max": {
    ja: "1回の要求で追加できるのは{bytesMax}バイトまでです。",
    en: "One request may append up to {bytesMax} bytes.",
  },
  "upload.append-bytes-min": {
    ja: "1回の追加は{bytesMin}バイト以上でなければなりません。",
    en: "An append carries at least {bytesMin} bytes.",
  },
  "upload.append-fields": {
    ja: "追加には、数の {offsetField} と、?0 か ?1 の {completeField} が必要です。",
    en: "An append needs {offsetField} as a number and {completeField} as ?0 or ?1.",
  },
  "upload.more-than-announced": {
    ja: "知らされていた{lengthBytes}バイトを超えました。アップロードは無効です。",
    en: "More than the announced {lengthBytes} bytes came; the upload is void.",
  },
  "upload.file-bytes": {
    ja: "ファイルの大きさは{bytesMax}バイトまでです。",
    en: "A file may have up to {bytesMax} bytes.",
  },
  "upload.file-bytes-void": {
    ja: "ファイルの大きさは{bytesMax}バイトまでです。アップロードは無効です。",
    en: "A file may have up to {bytesMax} bytes; the upload is void.",
  },
  "upload.two-lengths": {
    ja: "ファイルの大きさが{one}バイトと{other}バイトの両方になっています。",
    en: "The file cannot have both {one} and {other} bytes.",
  },
  "upload.other-length": {
    ja: "ファイルの大きさが、はじめは{before}バイト、いまは{now}バイトと知らされました。",
    en: "The file was announced with {before} bytes and now with {now}.",
  },
  "upload.not-the-end": {
    ja: "届いたのは{lengthBytes}バイトのうち{offset}バイトで、まだ終わりではありません。",
    en: "{offset} of {lengthBytes} bytes are here; this cannot be the end.",
  },
  "upload.stands-at": {
    ja: "アップロードの続きの位置は{offset}です。",
    en: "The upload stands at {offset}.",
  },
  "upload.complete": { ja: "アップロードは終わっています。", en: "The upload is complete." },
  "upload.complete-already": {
    ja: "アップロードはすでに終わっています。",
    en: "The upload is complete already.",
  },
  "upload.needs-session": {
    ja: "パスへのアップロードにはログインが必要です。",
    en: "An upload to a path needs a session.",
  },
  "upload.query-names": {
    ja: "クエリに path と modifiedAtNs が必要です。",
    en: "The query has to name path and modifiedAtNs.",
  },
} as const satisfies MessageTable;
