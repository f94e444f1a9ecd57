import type { MessageTable } from "../message-table.ts";

/** What keeps somebody from logging in, and from what needs a login. */
export const ACCOUNT_MESSAGES = {
  "account.login-lost": {
    ja: "サービスが {loginId} のパスワードを受け付けなくなりました。パスワードが変わっています",
    en: "the service no longer takes the password of {loginId}; it was changed",
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
