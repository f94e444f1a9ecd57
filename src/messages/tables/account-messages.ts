import type { MessageTable } from "../message-table.ts";

/** What keeps somebody from logging in, and from what needs a login. */
export const ACCOUNT_MESSAGES = {
  "account.login-lost": {
    ja: "サービスが、保存されたパスワードでは {loginId} のログインを受け付けなくなりました。パスワードが変わったか、間違いが続いて画像の文字の入力が必要です",
    en: "the service no longer lets {loginId} in by the kept password alone: it was changed, or an image has to be read after several wrong ones",
  },
  "account.captcha-required": {
    ja: "パスワードの間違いが続いたため、画像の文字の入力が必要です。画像: {path} (ID: {challengeId})",
    en: "after several wrong passwords the characters of an image are asked for: {path} (ID {challengeId})",
  },
  "account.captcha-wrong": {
    ja: "画像の文字が違うか、期限が切れています。新しい画像: {path} (ID: {challengeId})",
    en: "the characters are not those of the image, or came too late; a new one: {path} (ID {challengeId})",
  },
  "account.captcha-form": {
    ja: "--captcha には、画像のIDと文字を ID:ABC234 のように指定してください",
    en: "--captcha takes the image's ID and its characters, as in ID:ABC234",
  },
  "account.no-captcha-typed": {
    ja: "画像の文字が入力されませんでした",
    en: "the characters of the image were not typed",
  },
  "account.not-logged-in": { ja: "ログインしていません", en: "nobody is logged in" },
  "account.address": {
    ja: "サービスのアドレスは https://backup.example や http://127.0.0.1:8080 のように指定してください",
    en: "the service's address must be like https://backup.example or http://127.0.0.1:8080",
  },
  "account.no-host-part": {
    ja: "--service には http:// か https:// で始まるURLを指定してください",
    en: "--service takes a URL that begins with http:// or https://",
  },
  "account.url-with-credentials": {
    ja: "--service のURLには、ユーザー名やパスワードを入れないでください",
    en: "--service takes a URL without a user name or password in it",
  },
  "account.url-with-path": {
    ja: "--service のURLには、http://host:port のようにパスを付けないでください",
    en: "--service takes a URL without a path, such as http://host:port",
  },
  "account.empty-password": { ja: "パスワードが空です", en: "the password is empty" },
  "account.no-password": {
    ja: "パスワードがありません。--password-stdin か AZUKERU_PASSWORD で渡すか、端末で実行してください",
    en: "no password: give it with --password-stdin or in AZUKERU_PASSWORD, or run this on a terminal",
  },
  "account.no-password-typed": {
    ja: "パスワードが入力されませんでした",
    en: "no password was typed",
  },
} as const satisfies MessageTable;
