import type { Cause } from "../cause.ts";

/** What else can stand behind any of these at the hour of an automatic backup, as the guides list it (B976). */
const AT_THAT_HOUR = {
  ja: "同じ時刻に繰り返すときは、セキュリティソフトの検査の時刻が自動バックアップと重なっていないか、UTMの許可や拒否の一覧にサービスが正しく載っているかも確かめてください。",
  en: " If it comes at the same hour again and again, check as well that no security scan runs at the time of the automatic backup, and that the allow and deny lists of a UTM device are right for the service.",
} as const;

/** What of an exchange with the service failed for good, or for as long as the retries last. */
export const BACKUP_COMMUNICATION_ERROR = {
  /** The service cannot be reached. */
  "B-CE-1": {
    status: "communication-error",
    ja: {
      cause: "バックアップ中にサービスに接続できませんでした。",
      remedy: `LANケーブルやWi-Fi、ルーターがつながっているか確かめてください。接続が戻ったら{rerun-do}か、次回の自動バックアップをお待ちください。${AT_THAT_HOUR.ja}`,
    },
    en: {
      cause: "The service could not be reached during the backup.",
      remedy: `Check the network cable, the Wi-Fi and the router. When the connection is back, {rerun} or wait for the next automatic backup.${AT_THAT_HOUR.en}`,
    },
  },
  /** The name of the service is not resolved. */
  "B-CE-2": {
    status: "communication-error",
    ja: {
      cause: "サービスの接続先の名前を調べられず（DNSのエラー）、バックアップできませんでした。",
      remedy: `ほかのサイトやサービスにつながるか確かめてください。つながらないときはルーターを再起動し、直らなければネットワークの管理者にDNSの設定を確認してもらってください。${AT_THAT_HOUR.ja}`,
    },
    en: {
      cause:
        "The address of the service could not be looked up (a DNS error), so the backup failed.",
      remedy: `Check whether other sites and services work. If not, restart the router; if that does not help, ask your network administrator to check the DNS settings.${AT_THAT_HOUR.en}`,
    },
  },
  /** The connection is reset during a transfer. */
  "B-CE-3": {
    status: "communication-error",
    ja: {
      cause: "ファイルを送っている途中で接続が切れ、送り直してもうまくいきませんでした。",
      remedy: `Wi-Fiの電波が弱いときは有線での接続をお試しください。同じ時刻に毎回切れるときは、その時刻に機器の再起動や回線の工事がないか確かめてください。${AT_THAT_HOUR.ja}`,
    },
    en: {
      cause: "The connection broke while files were being sent, and sending again failed too.",
      remedy: `If the Wi-Fi signal is weak, try a cable. If it breaks at the same hour every time, check whether devices restart or line work takes place then.${AT_THAT_HOUR.en}`,
    },
  },
  /** Silence until the time limit. */
  "B-CE-4": {
    status: "communication-error",
    ja: {
      cause: "バックアップ中にサービスからの応答が途絶え、待ち時間の上限を超えました。",
      remedy: `回線が混み合っていないか、大きなダウンロードが重なっていないか確かめてください。続くときは、回線の空いている時間に予定を移してください。${AT_THAT_HOUR.ja}`,
    },
    en: {
      cause:
        "The service stopped answering during the backup, and the time allowed for an answer ran out.",
      remedy: `Check whether the line is busy, for instance with large downloads. If this goes on, move the schedule to a quieter time.${AT_THAT_HOUR.en}`,
    },
  },
  /** 5xx answers until the retries end. */
  "B-CE-5": {
    status: "communication-error",
    ja: {
      cause:
        "サービス側の一時的な不具合により、何度か試しましたが、バックアップを受け付けてもらえませんでした。",
      remedy: `しばらく待ってから{rerun}してください。障害や保守のお知らせが出ているときは、終わるまでお待ちください。${AT_THAT_HOUR.ja}`,
    },
    en: {
      cause:
        "The service had a temporary fault and did not accept the backup, though it was tried several times.",
      remedy: `Wait a while, then {rerun}. If an outage or maintenance has been announced, wait until it is over.${AT_THAT_HOUR.en}`,
    },
  },
  /** A truncated or corrupted answer. */
  "B-CE-6": {
    status: "communication-error",
    ja: {
      cause:
        "サービスからの応答が途中で欠けているか壊れていたため、ファイルが正しく保存されたことを確かめられませんでした。",
      remedy: `確かめられなかったファイルは次回もう一度送られます。繰り返すときは、ルーターや、通信を中継する機器を再起動し、最新の状態に更新してください。${AT_THAT_HOUR.ja}`,
    },
    en: {
      cause:
        "An answer from the service was cut short or damaged, so it is not certain that the files were saved correctly.",
      remedy: `Those files are sent again next time. If it happens repeatedly, restart and update the router and any device that relays the traffic.${AT_THAT_HOUR.en}`,
    },
  },
  /** Something in between blocks it: its own 403 page, or a reset. */
  "B-CE-7": {
    status: "communication-error",
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
  /** TLS cannot be established. */
  "B-CE-8": {
    status: "communication-error",
    ja: {
      cause:
        "サービスとの間で暗号化された安全な接続（TLS）を作れなかったため、バックアップを行いませんでした。",
      remedy:
        "パソコンの日付と時刻が正しいか確かめてください。正しいときは、通信の中身を検査するソフトや機器がないかを、ネットワークの管理者に確認し、あればそのルート証明書をパソコンに登録してもらってください。インターネットにつながらない閉じた網では、インターネットオプションの「証明書の失効を確認する」を無効にする必要があります。",
    },
    en: {
      cause:
        "A secure, encrypted connection (TLS) to the service could not be made, so nothing was backed up.",
      remedy:
        "Check that the date and time of the PC are right. If they are, ask your network administrator whether something inspects encrypted traffic, and to put its root certificate into the PC's trust store. On a closed network without the Internet the check for revoked certificates has to be switched off in the Internet options.",
    },
  },
} as const satisfies Readonly<Record<`B-CE-${number}`, Cause<"backup">>>;
