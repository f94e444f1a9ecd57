import type { MessageTable } from "../message-table.ts";

/** What the service refuses, by the codes of its problems. What any other service says (`detail`) is shown to nobody. */
export const PROBLEM_MESSAGES = {
  "problem.invalid-request": {
    ja: "サービスが受け付けない形の要求でした",
    en: "the request does not fit the contract",
  },
  "problem.invalid-path": {
    ja: "サービスに置けないパスです",
    en: "the path is not one the service can hold",
  },
  "problem.forbidden-name": {
    ja: "サービスでは使えない文字が名前に含まれています",
    en: "the name holds a character the service does not take",
  },
  "problem.digest-required": {
    ja: "データの照合値が付いていませんでした",
    en: "the upload carries no digest",
  },
  "problem.digest-mismatch": {
    ja: "データが照合値と一致しませんでした",
    en: "the bytes do not have the digest that was declared",
  },
  "problem.inconsistent-upload-length": {
    ja: "アップロードの長さが食い違っています",
    en: "the upload's length contradicts itself",
  },
  "problem.upload-completed": {
    ja: "そのアップロードは終わっています",
    en: "the upload is complete and takes no more bytes",
  },
  "problem.invalid-credentials": {
    ja: "ログインIDまたはパスワードが違います",
    en: "login ID or password is wrong",
  },
  "problem.captcha-required": {
    ja: "パスワードの間違いが続いたため、画像の文字も入力する必要があります",
    en: "after several wrong passwords the characters of an image have to be given as well",
  },
  "problem.captcha-wrong": {
    ja: "画像の文字が違うか、期限が切れています",
    en: "the characters are not those of the image, or came too late",
  },
  "problem.session-required": {
    ja: "ログインが必要です",
    en: "the request carries no valid session",
  },
  "problem.session-expired": { ja: "ログインの期限が切れました", en: "the session has expired" },
  "problem.access-refused": {
    ja: "このアカウントには許可されていない操作です",
    en: "the account may not do this here",
  },
  "problem.not-found": { ja: "この場所には何もありません", en: "there is nothing at this path" },
  "problem.method-not-allowed": {
    ja: "この場所ではできない操作です",
    en: "the resource does not support this method",
  },
  "problem.not-acceptable": {
    ja: "求めた形では応答できません",
    en: "the service cannot answer in a form that was asked for",
  },
  "problem.parent-missing": {
    ja: "入れる先のフォルダがありません",
    en: "the folder this would go into does not exist",
  },
  "problem.folder-changed": {
    ja: "フォルダがなくなったか、別のフォルダに置き換わっています",
    en: "the folder is gone, or another one has its place",
  },
  "problem.state-changed": {
    ja: "サービスが以前の状態に戻されています",
    en: "the service was put back to an older state",
  },
  "problem.folder-not-empty": { ja: "フォルダに中身があります", en: "the folder holds something" },
  "problem.name-taken": {
    ja: "同じ名前のものがすでにあります",
    en: "something of this name exists already",
  },
  "problem.upload-offset-mismatch": {
    ja: "アップロードの続きの位置が違います",
    en: "the offset is not where the upload stands",
  },
  "problem.precondition-failed": {
    ja: "求めた状態ではありませんでした",
    en: "the entry is not in the state that was required",
  },
  "problem.content-too-large": {
    ja: "サービスが受け付ける大きさを超えています",
    en: "the content is larger than the service takes",
  },
  "problem.unsupported-media-type": {
    ja: "サービスが受け付けない種類のデータです",
    en: "the service does not take this media type here",
  },
  "problem.range-not-satisfiable": {
    ja: "ファイルの範囲の外です",
    en: "the range lies outside the file",
  },
  "problem.too-many-requests": { ja: "要求が多すぎます", en: "too many requests at once" },
  "problem.request-header-too-large": {
    ja: "要求のヘッダーが大きすぎます",
    en: "the request's header fields are too large",
  },
  "problem.internal-error": { ja: "サービスでエラーが起きました", en: "the service failed" },
  "problem.not-implemented": {
    ja: "サービスが知らない送り方です",
    en: "the service does not know this transfer coding",
  },
  "problem.service-unavailable": {
    ja: "サービスがいま利用できません",
    en: "the service is out of order for now",
  },
  "problem.gateway-timeout": {
    ja: "サービスが時間内に応答しませんでした",
    en: "the service did not answer in time",
  },
  "problem.insufficient-capacity": {
    ja: "契約の容量に収まりません",
    en: "the contract's capacity does not hold this",
  },
} as const satisfies MessageTable;
