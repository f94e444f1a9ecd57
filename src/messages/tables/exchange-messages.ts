import type { MessageTable } from "../message-table.ts";

/** What was asked of the service, and how an exchange with it failed. */
export const EXCHANGE_MESSAGES = {
  "exchange.failed": { ja: "{what}: {why}", en: "{what}: {why}" },
  "exchange.with-detail": { ja: "{why} ({detail})", en: "{why} ({detail})" },

  "exchange.unreachable": { ja: "サービスにつながりません", en: "the service cannot be reached" },
  "exchange.unresolved": {
    ja: "サービスの名前を解決できません",
    en: "the service's name cannot be resolved",
  },
  "exchange.reset": { ja: "接続が切れました", en: "the connection was cut" },
  "exchange.timeout": {
    ja: "サービスが時間内に応答しませんでした",
    en: "the service did not answer in time",
  },
  "exchange.unavailable": {
    ja: "サービスがいま利用できません",
    en: "the service is out of order",
  },
  "exchange.corrupt": {
    ja: "サービスの応答が壊れて届きました",
    en: "the service's answer arrived damaged",
  },
  "exchange.blocked": {
    ja: "このPCとサービスの間にある何かが通信を止めています",
    en: "something between here and the service blocks it",
  },
  "exchange.foreign": {
    ja: "このPCとサービスの間にある何か（ネットワークのサインイン画面や中継装置など）が、サービスの代わりに応答しています",
    en: "something between here and the service answers in its place, such as a sign-in page of the network or a gateway",
  },
  "exchange.off-contract": {
    ja: "応答がこのサービスの取り決めと異なります",
    en: "the answer is none of this service's contract",
  },
  "exchange.tls": {
    ja: "信頼できるTLS接続ができませんでした",
    en: "no trusted TLS connection could be made",
  },

  "exchange.code": { ja: "{code}", en: "{code}" },
  "exchange.proxy-refused": { ja: "{code} (HTTP {status})", en: "{code} (HTTP {status})" },
  "exchange.http-status": { ja: "HTTP {status}", en: "HTTP {status}" },
  "exchange.http-status-of-type": { ja: "HTTP {status}, {type}", en: "HTTP {status}, {type}" },
  "exchange.silent": { ja: "{seconds}秒間応答なし", en: "silent for {seconds} s" },
  "exchange.too-slow": {
    ja: "届くのが毎秒{bytesPerSecond}バイトより遅い状態が続きました",
    en: "for long it came more slowly than {bytesPerSecond} bytes per second",
  },
  "exchange.no-json": { ja: "応答がJSONではありません", en: "the answer is no JSON" },
  "exchange.endless": { ja: "応答が終わりません", en: "the answer does not end" },
  "exchange.cut-short": {
    ja: "{totalBytes}バイトのうち{receivedBytes}バイトだけが届きました",
    en: "{receivedBytes} of {totalBytes} bytes came",
  },
  "exchange.too-much": {
    ja: "予告より多くのデータが届きました",
    en: "more came than was announced",
  },
  "exchange.damaged-bytes": { ja: "データが途中で壊れました", en: "the bytes were damaged" },
  "exchange.parts-left-out": {
    ja: "応答に欠けている部分があります",
    en: "the answer leaves parts out",
  },
  "exchange.file-as-folder": {
    ja: "ファイルがフォルダとして受け付けられました",
    en: "a file was acknowledged as a folder",
  },
  "exchange.other-bytes": {
    ja: "送ったものと違うデータが受け付けられました",
    en: "other bytes were acknowledged",
  },
  "exchange.outside-contract": {
    ja: "続くときは、新しい版のツールが出ていないか確かめてください",
    en: "if this goes on, see whether a newer agent is out",
  },
  "exchange.no-header-fields": {
    ja: "応答に必要なヘッダーがありません",
    en: "the answer lacks its header fields",
  },
  "exchange.no-upload-named": {
    ja: "応答にアップロード先が書かれていません",
    en: "the answer names no upload",
  },
  "exchange.no-offset": {
    ja: "応答に Upload-Offset がありません",
    en: "the answer has no Upload-Offset",
  },
  "exchange.another-file": {
    ja: "別のファイルのデータが届きました",
    en: "the answer holds bytes of another file",
  },
  "exchange.not-the-range": {
    ja: "求めた範囲と違うデータが届きました",
    en: "the answer holds other bytes than were asked for",
  },
  "exchange.entries-out-of-order": {
    ja: "一覧の項目が順に並んでいません",
    en: "its entries do not follow each other",
  },
  "exchange.not-as-declared": {
    ja: "届いたデータが、サービスの示したものと異なります",
    en: "what came is not what the service declared",
  },

  "exchange.asking-contract": { ja: "契約内容の確認", en: "asking for the contract" },
  "exchange.looking-folder": {
    ja: "フォルダ {path} の確認",
    en: "looking for the folder {path}",
  },
  "exchange.creating-folder": { ja: "フォルダ {path} の作成", en: "creating the folder {path}" },
  "exchange.looking": { ja: "{path} の確認", en: "looking for {path}" },
  "exchange.sending": { ja: "{path} の送信", en: "sending {path}" },
  "exchange.sending-batch": {
    ja: "ファイルとフォルダ{count}件の送信",
    en: "sending {count} files and folders",
  },
  "exchange.saving-mode": { ja: "{path} のモードの保存", en: "saving the mode of {path}" },
  "exchange.saving-folders": {
    ja: "フォルダ{count}件の日時とモードの保存",
    en: "saving times and modes of {count} folders",
  },
  "exchange.starting-upload": { ja: "{path} の送信開始", en: "starting to send {path}" },
  "exchange.asking-offset": {
    ja: "アップロードの進み具合の確認",
    en: "asking how far an upload came",
  },
  "exchange.appending": { ja: "{offset}バイト目からの送信", en: "sending bytes from {offset}" },
  "exchange.committing": { ja: "アップロードの確定", en: "committing an upload" },
  "exchange.giving-up": { ja: "アップロードの取りやめ", en: "giving an upload up" },
  "exchange.listing": { ja: "{path} の一覧", en: "listing {path}" },
  "exchange.listing-service": {
    ja: "サービス上にあるものの一覧",
    en: "listing what is on the service",
  },
  "exchange.asking-generations": {
    ja: "{path} の世代の確認",
    en: "asking for the generations of {path}",
  },
  "exchange.fetching": { ja: "{path} の取得", en: "fetching {path}" },
  "exchange.deleting": { ja: "{path} の削除", en: "deleting {path}" },
  "exchange.deleting-folder": { ja: "フォルダ {path} の削除", en: "deleting the folder {path}" },
  "exchange.logging-in": { ja: "{loginId} でのログイン", en: "logging in as {loginId}" },
  "exchange.logging-out": { ja: "ログアウト", en: "logging out" },
} as const satisfies MessageTable;
