import type { MessageTable } from "../message-table.ts";

/** Why the service refuses a request as such: its target, head, body, session, or the part of a batch. */
export const REQUEST_REFUSAL_MESSAGES = {
  "request.no-host": {
    ja: "要求にHostフィールドがありません。",
    en: "The request has no Host field.",
  },
  "request.no-such-resource": {
    ja: "サービスにこのリソースはありません。",
    en: "The service has no such resource.",
  },
  "request.allowed-methods": {
    ja: "このリソースで使えるメソッド: {methods}。",
    en: "The resource supports {methods}.",
  },
  "request.no-http": {
    ja: "サービスが読めるHTTPではありません。",
    en: "The connection does not carry HTTP this service reads.",
  },
  "request.transfer-coding": {
    ja: "本体の転送コーディングに使えるのはchunkedだけです。",
    en: "A body may be chunked and has no other transfer coding.",
  },
  "request.coded-body": {
    ja: "圧縮などで符号化された本体は受け付けません。",
    en: "The service takes no coded bodies.",
  },
  "request.body-too-large": {
    ja: "本体は{bytesMax}バイトまでです。",
    en: "The body may have up to {bytesMax} bytes.",
  },
  "request.body-not-json": { ja: "本体がJSONではありません。", en: "The body is not JSON." },
  "request.body-does-not-fit": {
    ja: "本体の形が違います ({issue})。",
    en: "The body does not fit: {issue}.",
  },
  "request.query-does-not-fit": {
    ja: "クエリの形が違います ({issue})。",
    en: "The query does not fit: {issue}.",
  },
  "request.query-unreadable": {
    ja: "同じパラメーターが重なっているか、エンコードが正しくありません",
    en: "a parameter comes twice or is badly encoded",
  },
  "request.badly-encoded": {
    ja: "要求先のエンコードが正しくありません。",
    en: "The target of the request is badly encoded.",
  },
  "request.media-type": {
    ja: "本体は {mediaType} でなければなりません。",
    en: "The body has to be {mediaType}.",
  },
  "request.field-no-digest": {
    ja: "フィールド {field} がダイジェストではありません (RFC 9530)。",
    en: "The field {field} is not a digest (RFC 9530).",
  },
  "request.field-nanoseconds": {
    ja: "フィールド {field} には1970年からのナノ秒を指定してください。",
    en: "The field {field} has to carry nanoseconds since 1970.",
  },
  "request.field-mode": {
    ja: "フィールド {field} には8進数4桁を指定してください。",
    en: "The field {field} has to carry four octal digits.",
  },
  "request.field-place": {
    ja: "フィールド {field} がフォルダのタグではありません。",
    en: "The field {field} is no tag of a folder.",
  },
  "request.field-entity-tags": {
    ja: "フィールド {field} がエンティティタグの並びではありません。",
    en: "The field {field} is not a list of entity tags.",
  },
  "request.field-boolean": {
    ja: "{field} は ?0 か ?1 でなければなりません。",
    en: "{field} has to be ?0 or ?1.",
  },
  "request.field-misplaced": {
    ja: "この要求では {field} を使えません。",
    en: "{field} has no place in this request.",
  },
  "request.digest-required": {
    ja: "ファイルのSHA-256を {field} か {otherField} で送ってください。",
    en: "Send the SHA-256 of the file in {field} or {otherField}.",
  },
  "request.digest-mismatch": {
    ja: "届いたデータのSHA-256は {sha256} です。",
    en: "The bytes that arrived have the SHA-256 {sha256}.",
  },
  "request.partial-put": {
    ja: "PUTでファイルの一部だけを書き込むことはできません。",
    en: "A PUT cannot write part of a file.",
  },
  "request.page-token": {
    ja: "pageToken がこの一覧のものではありません。",
    en: "pageToken is not one this listing gave.",
  },
  "request.listing-types": {
    ja: "一覧の形式は application/json か {mediaType} です。",
    en: "A listing is application/json or {mediaType}.",
  },
  "request.wrong-credentials": {
    ja: "ログインIDまたはパスワードが違います。",
    en: "Login ID or password is wrong.",
  },
  "request.captcha-required": {
    ja: "パスワードの間違いが続いたため、画像の文字の入力が必要です。",
    en: "After several wrong passwords the characters of the image are asked for.",
  },
  "request.captcha-wrong": {
    ja: "画像の文字が違うか、期限が切れています。新しい画像の文字を入力してください。",
    en: "The characters are not those of the image, or came too late; there is a new one.",
  },
  "request.session-expired": {
    ja: "ログインの期限が切れました。ログインし直してください。",
    en: "The session has expired; log in again.",
  },
  "request.session-required": {
    ja: "先にログインし、トークンをBearerトークンとして送ってください。",
    en: "Log in first and send the token as a bearer token.",
  },
  "request.batch-malformed": {
    ja: "バッチの{number}番目の部分が正しくありません ({reason})。",
    en: "Part {number} of the batch is malformed: {reason}.",
  },
  "request.batch-line-endless": { ja: "行が終わっていません", en: "its line does not end" },
  "request.batch-bytes-missing": { ja: "データが足りません", en: "its bytes are not all there" },
  "request.batch-line-not-json": { ja: "行がJSONではありません", en: "its line is not JSON" },
  "request.batch-line-does-not-fit": {
    ja: "行の形が違います: {issue}",
    en: "its line does not fit: {issue}",
  },
  "request.batch-part-count": {
    ja: "バッチの部分は{max}個までです。",
    en: "The batch has more than {max} parts.",
  },
  "request.batch-bytes": {
    ja: "バッチのデータは{max}バイトまでです。",
    en: "The batch has more than {max} bytes.",
  },
  "request.failed": { ja: "サービスでエラーが起きました。", en: "The service failed." },
  "request.planned-fault": {
    ja: "予定された障害です ({problem})。",
    en: "Planned fault: {problem}.",
  },
  "request.planned-fault-of-part": { ja: "予定された障害です。", en: "Planned fault." },
} as const satisfies MessageTable;
