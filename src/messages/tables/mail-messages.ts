import type { MessageTable } from "../message-table.ts";

/** What is wrong with mail settings, and why a mail did not go out. */
export const MAIL_MESSAGES = {
  "mail.server-name": {
    ja: "メールサーバには、smtp.example.com のようなホスト名かIPアドレスを指定してください",
    en: "the mail server must be a host name like smtp.example.com, or an IP address",
  },
  "mail.port": {
    ja: "メールサーバのポートには、1から65535までの整数を指定してください",
    en: "the mail server's port must be a whole number from 1 to 65535",
  },
  "mail.half-login": {
    ja: "メールサーバの認証には、ユーザ名とパスワードの両方が必要です。認証しないなら、どちらも指定しないでください",
    en: "the login at the mail server needs a user name and a password, or neither",
  },
  "mail.tls-without-ssl": {
    ja: "TLSの始め方を指定できるのは、SSLがONのときだけです",
    en: "how TLS begins can only be given where SSL is ON",
  },
  "mail.recipient-count": {
    ja: "送信先は1件から{max}件までです",
    en: "there must be 1 to {max} recipients",
  },
  "mail.same-recipients": { ja: "送信先の2件が同じです", en: "the two recipients are the same" },
  "mail.sender-address": {
    ja: "送信元には、taro@example.com のようなメールアドレスを、名前を付けずに1件指定してください",
    en: "the sender must be one mail address like taro@example.com, without a name",
  },
  "mail.recipient-address": {
    ja: "送信先には、taro@example.com のようなメールアドレスを、名前を付けずに1件ずつ指定してください",
    en: "a recipient must be one mail address like taro@example.com, without a name",
  },
  "mail.user-name": {
    ja: "メールサーバのユーザ名は、改行などの制御文字を含まない{max}文字までです",
    en: "the user name for the mail server must be at most {max} characters without line ends or other control characters",
  },
  "mail.password": {
    ja: "メールサーバのパスワードは、改行などの制御文字を含まない{max}文字までです",
    en: "the password for the mail server must be at most {max} characters without line ends or other control characters",
  },
  "mail.not-tested": {
    ja: "この設定でのテストメールの送信が済んでいません",
    en: "no test mail was sent with exactly these settings",
  },
  "mail.none-confirmed": {
    ja: "確定したメール設定がまだありません",
    en: "no mail settings were confirmed yet",
  },
  "mail.none-given": { ja: "メール設定がまだありません", en: "no mail settings were given yet" },
  "mail.no-mailer": {
    ja: "この専用ツールはメールを送信できません",
    en: "this tool cannot send mails",
  },
  "mail.replied": { ja: "{what} ({reply})", en: "{what} ({reply})" },
  "mail.login-refused": {
    ja: "メールサーバがユーザ名とパスワードを受け付けませんでした",
    en: "the mail server did not accept user name and password",
  },
  "mail.no-tls": {
    ja: "メールサーバがTLSに対応していません (SSLがONのときに必要です)",
    en: "the mail server offers no TLS, which SSL ON demands",
  },
  "mail.sender-refused": {
    ja: "メールサーバが送信元を拒否しました",
    en: "the mail server refused the sender",
  },
  "mail.recipient-refused": {
    ja: "メールサーバが送信先を拒否しました",
    en: "the mail server refused the recipient",
  },
  "mail.mail-refused": {
    ja: "メールサーバがメールを拒否しました",
    en: "the mail server refused the mail",
  },
  "mail.connection-refused": {
    ja: "メールサーバが接続を拒否しました",
    en: "the mail server refused the connection",
  },
  "mail.certificate": {
    ja: "メールサーバの証明書が正しくありません ({code})",
    en: "the mail server's certificate does not hold ({code})",
  },
  "mail.no-such-login": {
    ja: "メールサーバがこの種類の認証に対応していません",
    en: "the mail server takes no login of this kind",
  },
  "mail.timeout": {
    ja: "メールサーバが時間内に応答しませんでした",
    en: "the mail server did not answer in time",
  },
  "mail.no-mail-server": {
    ja: "応答したのはメールサーバではありません",
    en: "what answers is no mail server",
  },
  "mail.cut": {
    ja: "メールサーバとのやり取りが途中で切れました",
    en: "the exchange with the mail server was cut",
  },
  "mail.unresolved": {
    ja: "メールサーバの名前を解決できません ({code})",
    en: "the mail server's name cannot be resolved ({code})",
  },
  "mail.no-connection": {
    ja: "メールサーバに接続できません ({code})",
    en: "no connection to the mail server ({code})",
  },
  "mail.connection-cut": {
    ja: "メールサーバとの接続が切れました",
    en: "the connection to the mail server was cut",
  },
  "mail.starttls-hint": {
    ja: "{why}。TLSをSTARTTLSで始めようとしました。プロバイダの案内が最初からTLSのポートなら --tls implicit を指定してください",
    en: "{why}; TLS was to begin with STARTTLS; where the provider names a port with TLS from the first byte, give --tls implicit",
  },
  "mail.sending-test": {
    ja: "{host} へのテストメールの送信",
    en: "sending the test mail through {host}",
  },
  "mail.never-tried": { ja: "1度も送信を試せませんでした", en: "it was never tried" },
  "mail.for-recipient": { ja: "{address}: {why}", en: "{address}: {why}" },
  "mail.for-recipients": { ja: "{reasons}", en: "{reasons}" },
} as const satisfies MessageTable;
