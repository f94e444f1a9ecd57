import type { CauseText } from "./cause-text.ts";
import type { BackupCauseId } from "./cause.ts";

/** The causes that come from around the files: the network, the memory, the user. */
type StopsCauseId = Extract<BackupCauseId, `B-${"CE" | "OM" | "INT"}-${number}`>;

/** Texts for what stops a backup, or part of it, from outside. */
export const BACKUP_STOPS_CAUSE_TEXTS: Readonly<Record<StopsCauseId, CauseText>> = {
  "B-CE-1": {
    ja: {
      cause: "バックアップ中にサービスに接続できませんでした。",
      remedy:
        "LANケーブルやWi-Fi、ルーターがつながっているか確かめてください。接続が戻ったら「再実行」を押すか、次回の自動バックアップをお待ちください。",
    },
    en: {
      cause: "The service could not be reached during the backup.",
      remedy:
        'Check the network cable, the Wi-Fi and the router. When the connection is back, press "Rerun" or wait for the next automatic backup.',
    },
  },
  "B-CE-2": {
    ja: {
      cause: "サービスの接続先の名前を調べられず（DNSのエラー）、バックアップできませんでした。",
      remedy:
        "ほかのサイトやサービスにつながるか確かめてください。つながらないときはルーターを再起動し、直らなければネットワークの管理者にDNSの設定を確認してもらってください。",
    },
    en: {
      cause:
        "The address of the service could not be looked up (a DNS error), so the backup failed.",
      remedy:
        "Check whether other sites and services work. If not, restart the router; if that does not help, ask your network administrator to check the DNS settings.",
    },
  },
  "B-CE-3": {
    ja: {
      cause: "ファイルを送っている途中で接続が切れ、送り直してもうまくいきませんでした。",
      remedy:
        "Wi-Fiの電波が弱いときは有線での接続をお試しください。同じ時刻に毎回切れるときは、その時刻に機器の再起動や回線の工事がないか確かめてください。",
    },
    en: {
      cause: "The connection broke while files were being sent, and sending again failed too.",
      remedy:
        "If the Wi-Fi signal is weak, try a cable. If it breaks at the same hour every time, check whether devices restart or line work takes place then.",
    },
  },
  "B-CE-4": {
    ja: {
      cause: "バックアップ中にサービスからの応答が途絶え、待ち時間の上限を超えました。",
      remedy:
        "回線が混み合っていないか、大きなダウンロードが重なっていないか確かめてください。続くときは、回線の空いている時間に予定を移してください。",
    },
    en: {
      cause:
        "The service stopped answering during the backup, and the time allowed for an answer ran out.",
      remedy:
        "Check whether the line is busy, for instance with large downloads. If this goes on, move the schedule to a quieter time.",
    },
  },
  "B-CE-5": {
    ja: {
      cause:
        "サービス側の一時的な不具合により、何度か試しましたが、バックアップを受け付けてもらえませんでした。",
      remedy:
        "しばらく待ってから「再実行」を押してください。障害や保守のお知らせが出ているときは、終わるまでお待ちください。",
    },
    en: {
      cause:
        "The service had a temporary fault and did not accept the backup, though it was tried several times.",
      remedy:
        'Wait a while, then press "Rerun". If an outage or maintenance has been announced, wait until it is over.',
    },
  },
  "B-CE-6": {
    ja: {
      cause:
        "サービスからの応答が途中で欠けているか壊れていたため、ファイルが正しく保存されたことを確かめられませんでした。",
      remedy:
        "確かめられなかったファイルは次回もう一度送られます。繰り返すときは、ルーターや、通信を中継する機器を再起動し、最新の状態に更新してください。",
    },
    en: {
      cause:
        "An answer from the service was cut short or damaged, so it is not certain that the files were saved correctly.",
      remedy:
        "Those files are sent again next time. If it happens repeatedly, restart and update the router and any device that relays the traffic.",
    },
  },
  "B-CE-7": {
    ja: {
      cause:
        "セキュリティソフトや、UTM・ファイアウォールなどの機器が、バックアップの通信を止めました。",
      remedy:
        "セキュリティソフトや機器の記録を確かめ、サービスへの通信を許可してください。ウイルス検査の時刻とバックアップの時刻が重なっているときは、どちらかをずらしてください。",
    },
    en: {
      cause:
        "A security program, or a device such as a firewall, blocked the traffic of the backup.",
      remedy:
        "Look at the log of the program or device and allow traffic to the service. If a virus scan runs at the same time as the backup, move one of them.",
    },
  },
  "B-CE-8": {
    ja: {
      cause:
        "サービスとの間で暗号化された安全な接続（TLS）を作れなかったため、バックアップを行いませんでした。",
      remedy:
        "パソコンの日付と時刻が正しいか確かめてください。正しいときは、通信の中身を検査するソフトや機器がないか、証明書の失効確認ができる環境かを、ネットワークの管理者に確認してください。",
    },
    en: {
      cause:
        "A secure, encrypted connection (TLS) to the service could not be made, so nothing was backed up.",
      remedy:
        "Check that the date and time of the PC are right. If they are, ask your network administrator whether something inspects encrypted traffic, and whether certificate revocation can be checked.",
    },
  },
  "B-OM-1": {
    ja: {
      cause: "フォルダの中を調べている途中で、専用ツールが使えるメモリの上限を超えました。",
      remedy:
        "使っていないアプリを閉じてから「再実行」を押してください。繰り返すときは、中のフォルダごとに分けて「バックアップするフォルダ」に登録してください。",
    },
    en: {
      cause: "The tool needed more memory than it may use while it looked through the folder.",
      remedy:
        'Close applications you are not using and press "Rerun". If it happens again, add the subfolders one by one as folders to back up instead of the whole.',
    },
  },
  "B-OM-2": {
    ja: {
      cause:
        "パソコンとサービスの内容を差分比較している途中で、専用ツールが使えるメモリの上限を超えました。",
      remedy:
        "バックアップ元を小さいフォルダに分けて登録するか、「バックアップ先との差分比較」を「しない」に変えてから、やり直してください。",
    },
    en: {
      cause:
        "The tool needed more memory than it may use while it compared the PC with the service.",
      remedy:
        "Split the source into smaller folders, or switch the difference comparison off, then run the backup again.",
    },
  },
  "B-INT-1": {
    ja: {
      cause: "バックアップの途中で「中断」が押されました。",
      remedy:
        "「再実行」を押すと、まだ保存されていないファイルを保存します。それまでに保存したファイルはサービスに残っています。",
    },
    en: {
      cause: "The interrupt button was pressed during the backup.",
      remedy:
        'Press "Rerun" to save the files that are still missing. Those saved before are kept on the service.',
    },
  },
  "B-INT-2": {
    ja: {
      cause: "バックアップの途中で専用ツールからログアウトしたため、処理を中断しました。",
      remedy:
        "もう一度ログインして「再実行」を押してください。バックアップ中はログアウトしないでください。",
    },
    en: {
      cause: "The backup was interrupted because somebody logged out of the tool while it ran.",
      remedy: 'Log in again and press "Rerun". Do not log out while a backup is running.',
    },
  },
};
