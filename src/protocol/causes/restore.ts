import type { Cause } from "./cause.ts";

/**
 * Every cause of a restore's status. R-CE-1 to 6 are what B-CE-1 to 6 are for a backup. A restore has
 * no rerun: one starts it again.
 */
export const RESTORE_CAUSES = {
  /** Every target was restored. */
  "R-OK-1": {
    status: "completed",
    ja: {
      cause: "選んだファイルとフォルダを、すべて復元先に戻しました。",
      remedy: "対応は必要ありません。",
    },
    en: {
      cause: "Every file and folder you chose was restored to the destination.",
      remedy: "Nothing needs doing.",
    },
  },
  /** Looked at while it runs. */
  "R-RUN-1": {
    status: "running",
    ja: {
      cause: "復元を実行しています。",
      remedy:
        "対応は必要ありません。終わるまで専用ツールを閉じず、ログインしたままでお待ちください。",
    },
    en: {
      cause: "The restore is running.",
      remedy: "Nothing needs doing. Keep the tool open and stay logged in until it has finished.",
    },
  },
  /** The destination folder cannot be written. */
  "R-AD-1": {
    status: "access-denied",
    ja: {
      cause: "復元先のフォルダに書き込む権限がありませんでした。",
      remedy:
        "書き込みのできるフォルダ（ドキュメントなど）を復元先に選び直すか、フォルダに書き込みの権限を付けてから、もう一度復元してください。",
    },
    en: {
      cause: "There is no permission to write to the destination folder of the restore.",
      remedy:
        "Choose a folder you can write to, such as your documents folder, or add write permission to this one, then restore again.",
    },
  },
  /** One file cannot be written. */
  "R-AD-2": {
    status: "access-denied",
    ja: {
      cause: "復元先に書き込めないファイルがありました。同じ名前の読み取り専用ファイルなどです。",
      remedy:
        "{details}でファイルを確かめ、復元先にある同じ名前のファイルの読み取り専用を外すか、空のフォルダを復元先に選んで、もう一度復元してください。",
    },
    en: {
      cause:
        "One file could not be written at the destination, for instance because a read-only file of the same name is there.",
      remedy:
        "Find the file in {details}. Remove the read-only mark from the file of the same name, or choose an empty folder as the destination, then restore again.",
    },
  },
  /** The destination was deleted. */
  "R-IS-1": {
    status: "invalid-settings",
    ja: {
      cause: "復元先に選んだフォルダが削除されていました。",
      remedy: "フォルダを作り直すか、別のフォルダを復元先に選んで、もう一度復元してください。",
    },
    en: {
      cause: "The folder chosen as the destination of the restore had been deleted.",
      remedy: "Make the folder again or choose another one, then restore again.",
    },
  },
  /** The destination was renamed. */
  "R-IS-2": {
    status: "invalid-settings",
    ja: {
      cause: "復元先に選んだフォルダの名前が変わっていました。",
      remedy: "フォルダの名前を元に戻すか、今の名前のフォルダを復元先に選び直してください。",
    },
    en: {
      cause: "The folder chosen as the destination of the restore had been renamed.",
      remedy:
        "Give the folder its old name again, or choose it under its present name, then restore again.",
    },
  },
  /** The source on the service was deleted. */
  "R-IS-3": {
    status: "invalid-settings",
    ja: {
      cause: "復元しようとしたフォルダまたはファイルが、サービス上で削除されていました。",
      remedy:
        "一覧を更新して、残っているものを選んで復元してください。元のファイルがパソコンにあれば、バックアップし直すとまた復元できるようになります。",
    },
    en: {
      cause: "The folder or file to be restored had been deleted from the service.",
      remedy:
        "Refresh the list and restore what is still there. If the original is on the PC, back it up again to be able to restore it later.",
    },
  },
  /** The source on the service was renamed. */
  "R-IS-4": {
    status: "invalid-settings",
    ja: {
      cause: "復元しようとしたフォルダまたはファイルの名前が、サービス上で変わっていました。",
      remedy: "一覧を更新し、新しい名前のものを選んで、もう一度復元してください。",
    },
    en: {
      cause: "The folder or file to be restored had been renamed on the service.",
      remedy: "Refresh the list, choose it under its new name and restore again.",
    },
  },
  /** The service cannot be reached. */
  "R-CE-1": {
    status: "communication-error",
    ja: {
      cause: "復元中にサービスに接続できませんでした。",
      remedy:
        "LANケーブルやWi-Fi、ルーターの状態を確かめ、接続が戻ってから、もう一度復元してください。",
    },
    en: {
      cause: "The service could not be reached during the restore.",
      remedy:
        "Check the network cable, the Wi-Fi and the router, and restore again when the connection is back.",
    },
  },
  /** The name of the service is not resolved. */
  "R-CE-2": {
    status: "communication-error",
    ja: {
      cause: "サービスの接続先の名前を調べられず（DNSのエラー）、復元できませんでした。",
      remedy:
        "ほかのサイトやサービスにつながるか確かめ、つながらないときはルーターを再起動してから、もう一度復元してください。",
    },
    en: {
      cause:
        "The address of the service could not be looked up (a DNS error), so the restore failed.",
      remedy:
        "Check whether other sites and services work. If not, restart the router, then restore again.",
    },
  },
  /** The connection is reset during a transfer. */
  "R-CE-3": {
    status: "communication-error",
    ja: {
      cause: "ファイルを受け取っている途中で接続が切れ、受け取り直してもうまくいきませんでした。",
      remedy:
        "Wi-Fiの電波が弱いときは有線で接続し、もう一度復元してください。途中まで受け取ったファイルが、元のファイルを壊すことはありません。",
    },
    en: {
      cause:
        "The connection broke while files were being received, and receiving again failed too.",
      remedy:
        "If the Wi-Fi signal is weak, use a cable, then restore again. Files received halfway do not damage the ones you have.",
    },
  },
  /** Silence until the time limit. */
  "R-CE-4": {
    status: "communication-error",
    ja: {
      cause: "復元中にサービスからの応答が途絶え、待ち時間の上限を超えました。",
      remedy:
        "回線が混み合っていないか確かめ、時間をおいて、もう一度復元してください。大きなフォルダは、小さく分けて復元すると終わりやすくなります。",
    },
    en: {
      cause:
        "The service stopped answering during the restore, and the time allowed for an answer ran out.",
      remedy:
        "Check whether the line is busy and restore again later. A large folder finishes more easily when it is restored in parts.",
    },
  },
  /** 5xx answers until the retries end. */
  "R-CE-5": {
    status: "communication-error",
    ja: {
      cause: "サービス側の一時的な不具合により、何度か試しましたが、復元を続けられませんでした。",
      remedy:
        "しばらく待ってから、もう一度復元してください。障害や保守のお知らせがあるときは、終わってからお試しください。",
    },
    en: {
      cause:
        "The service had a temporary fault and the restore could not go on, though it was tried several times.",
      remedy:
        "Wait a while, then restore again. If an outage or maintenance has been announced, try when it is over.",
    },
  },
  /** A truncated or corrupted answer. */
  "R-CE-6": {
    status: "communication-error",
    ja: {
      cause:
        "受け取った内容が途中で欠けているか壊れていて、保存した内容と一致しませんでした。壊れたファイルは復元先に残していません。",
      remedy:
        "もう一度復元してください。同じファイルで繰り返すときは、ルーターや通信を中継する機器を再起動してから、お試しください。",
    },
    en: {
      cause:
        "What was received was cut short or damaged and did not match what had been saved. No damaged file was left at the destination.",
      remedy:
        "Restore again. If the same file fails repeatedly, restart the router and any device that relays the traffic first.",
    },
  },
  /** The memory budget is exceeded. */
  "R-OM-1": {
    status: "out-of-memory",
    ja: {
      cause: "復元の途中で、専用ツールが使えるメモリの上限を超えました。",
      remedy:
        "使っていないアプリを閉じ、一度に復元するフォルダを小さく分けて、もう一度復元してください。",
    },
    en: {
      cause: "The tool needed more memory than it may use during the restore.",
      remedy:
        "Close applications you are not using, and restore again in smaller parts, a subfolder at a time.",
    },
  },
  /** The user closed the tool during the run. */
  "R-UX-1": {
    status: "unexpected",
    ja: {
      cause: "復元の途中で専用ツールが閉じられました。",
      remedy:
        "専用ツールを起動して、もう一度復元してください。復元が終わるまで、画面を開いたままにしてください。",
    },
    en: {
      cause: "The tool was closed during the restore.",
      remedy:
        "Start the tool and restore again. Leave its window open until the restore has finished.",
    },
  },
  /** The tool was killed during the run. */
  "R-UX-2": {
    status: "unexpected",
    ja: {
      cause: "復元の途中で専用ツールが突然終了しました。",
      remedy:
        "専用ツールを起動し直して、もう一度復元してください。何度も起きるときは{logs}を添えて、お問い合わせください。",
    },
    en: {
      cause: "The tool ended suddenly during the restore.",
      remedy: "Start the tool again and repeat the restore. If it happens often, {send-logs}.",
    },
  },
  /** Power was lost during the run. */
  "R-UX-3": {
    status: "unexpected",
    ja: {
      cause: "復元の途中でパソコンの電源が切れました。",
      remedy:
        "電源を入れて専用ツールにログインし、もう一度復元してください。復元の途中だったファイルも、元のファイルか復元後のファイルのどちらかがそのまま残っています。",
    },
    en: {
      cause: "The PC lost power during the restore.",
      remedy:
        "Switch the PC on, log in to the tool and restore again. Each file is either as it was before or fully restored, never half of each.",
    },
  },
  /** The disk is full, or reports an I/O error. */
  "R-UX-4": {
    status: "unexpected",
    ja: {
      cause:
        "復元先のディスクの空きが足りないか、ディスクの読み書きでエラーが起きたため、ファイルを書き込めませんでした。",
      remedy:
        "ディスクの空きを増やすか、空きのある別のディスクを復元先に選んでください。空きが十分にあるときは、ディスクにエラーがないか調べてください。",
    },
    en: {
      cause:
        "Files could not be written because the destination disk is full or reported an input/output error.",
      remedy:
        "Make space on the disk or choose another disk with enough space. If there is enough space, check the disk for errors.",
    },
  },
  /** Two or more different incomplete statuses in one job. */
  "R-UX-5": {
    status: "unexpected",
    ja: {
      cause: "一度の復元で、種類の違う問題が二つ以上起きました。",
      remedy:
        "{details}でファイルごとのステータスを確かめ、それぞれの案内に沿って対応してから、もう一度復元してください。",
    },
    en: {
      cause: "Two or more different problems occurred in the same restore.",
      remedy:
        "Look up the status of each file in {details}, deal with each as described for it, then restore again.",
    },
  },
  /** The user logged out during the run (D13). */
  "R-UX-6": {
    status: "unexpected",
    ja: {
      cause: "復元の途中で専用ツールからログアウトしたため、残りのファイルを復元できませんでした。",
      remedy:
        "ログインし直して、もう一度復元してください。復元が終わるまでログアウトしないでください。",
    },
    en: {
      cause: "Somebody logged out of the tool during the restore, so the rest was not restored.",
      remedy: "Log in and restore again. Do not log out until the restore has finished.",
    },
  },
} as const satisfies Readonly<Record<`R-${string}-${number}`, Cause<"restore">>>;
