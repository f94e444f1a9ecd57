import type { Cause } from "./cause.ts";

/**
 * Every cause of a delete job's status. DEL-CE-1 to 6 are what B-CE-1 to 6 are for a backup. A deletion
 * cannot be rerun by itself: whatever is left is found again, and deleted, by the next backup of the
 * same source folder (F17).
 */
export const DELETE_CAUSES = {
  /** Every target was deleted. */
  "DEL-OK-1": {
    status: "completed",
    ja: {
      cause: "パソコンからなくなったファイルとフォルダを、サービスからすべて削除しました。",
      remedy: "対応は必要ありません。",
    },
    en: {
      cause: "Every file and folder that is gone from the PC was deleted from the service.",
      remedy: "Nothing needs doing.",
    },
  },
  /** There was nothing to delete. */
  "DEL-OK-2": {
    status: "completed",
    ja: {
      cause: "パソコンからなくなったファイルやフォルダはなく、削除するものはありませんでした。",
      remedy: "対応は必要ありません。サービス上のファイルはそのままです。",
    },
    en: {
      cause: "Nothing is gone from the PC, so there was nothing to delete.",
      remedy: "Nothing needs doing. The files on the service are as they were.",
    },
  },
  /** Looked at while it runs. */
  "DEL-RUN-1": {
    status: "running",
    ja: {
      cause: "パソコンからなくなったファイルを、サービスから削除しています。",
      remedy: "対応は必要ありません。終わるまで専用ツールを閉じずにお待ちください。",
    },
    en: {
      cause: "Files that are gone from the PC are being deleted from the service.",
      remedy: "Nothing needs doing. Keep the tool open until it has finished.",
    },
  },
  /** The deletion of another source folder runs first. */
  "DEL-WT-1": {
    status: "waiting",
    ja: {
      cause: "別のバックアップ元フォルダの削除が先に行われているため、順番を待っています。",
      remedy: "対応は必要ありません。前の削除が終わると自動で始まります。",
    },
    en: {
      cause: "The deletion for another source folder runs first, so this one waits for its turn.",
      remedy: "Nothing needs doing. It starts by itself when the one before has finished.",
    },
  },
  /** The backup before it could not establish what is gone. */
  "DEL-NR-1": {
    status: "not-run",
    ja: {
      cause:
        "もとになるバックアップが最後まで行えず、どのファイルがパソコンからなくなったのか判断できなかったため、何も削除しませんでした。",
      remedy:
        "バックアップの履歴で原因を確かめて対応し、バックアップをやり直してください。完了すれば、削除も続けて行われます。",
    },
    en: {
      cause:
        "The backup this deletion belongs to did not get far enough to tell what is gone from the PC, so nothing was deleted.",
      remedy:
        "Find the cause in the backup history, deal with it and run the backup again. Once it completes, the deletion follows.",
    },
  },
  /** The tool was closed while the job waited. */
  "DEL-NR-2": {
    status: "not-run",
    ja: {
      cause: "削除の順番を待っている間に専用ツールが閉じられたため、削除は行われませんでした。",
      remedy:
        "サービス上のファイルは残っています。次回のバックアップの後に、改めて削除されます。待機中は専用ツールを閉じないでください。",
    },
    en: {
      cause: "The tool was closed while this deletion waited for its turn, so nothing was deleted.",
      remedy:
        "The files are still on the service and will be deleted after the next backup. Leave the tool open while a deletion is waiting.",
    },
  },
  /** The source is suddenly empty, or on another device (D15). */
  "DEL-NR-3": {
    status: "not-run",
    ja: {
      cause:
        "バックアップ元のフォルダ、またはその中のフォルダが急に空になったか、別のディスクに入れ替わったか、専用ツールの状態ファイルが別のPCから写されたため、そこから保存したファイルを守るために削除を見送りました。",
      remedy:
        "外付けディスクやネットワークドライブが正しくつながっているか確かめてください。本当に空にした、入れ替えた、またはこのPCが別のPCを引き継いだのであれば、azukeru-agent backup run --confirm-deletions を実行すると削除が再開します。",
    },
    en: {
      cause:
        "The source folder, or a folder in it, is suddenly empty or on a different disk, or the tool's state file was copied from another PC, so what was saved from it was not deleted, to protect it.",
      remedy:
        "Check that external disks and network drives are connected properly. If you did empty or replace the folder, or this PC takes the place of the other, run azukeru-agent backup run --confirm-deletions; deletion then resumes.",
    },
  },
  /** The service cannot be reached. */
  "DEL-CE-1": {
    status: "communication-error",
    ja: {
      cause: "削除中にサービスに接続できませんでした。",
      remedy:
        "LANケーブルやWi-Fi、ルーターの状態を確かめてください。残ったファイルは、次回のバックアップの後に削除されます。",
    },
    en: {
      cause: "The service could not be reached during the deletion.",
      remedy:
        "Check the network cable, the Wi-Fi and the router. What is left will be deleted after the next backup.",
    },
  },
  /** The name of the service is not resolved. */
  "DEL-CE-2": {
    status: "communication-error",
    ja: {
      cause: "サービスの接続先の名前を調べられず（DNSのエラー）、削除できませんでした。",
      remedy:
        "ほかのサイトやサービスにつながるか確かめ、つながらないときはルーターを再起動してください。削除は次回のバックアップの後に改めて行われます。",
    },
    en: {
      cause:
        "The address of the service could not be looked up (a DNS error), so the deletion failed.",
      remedy:
        "Check whether other sites and services work, and restart the router if not. The deletion is tried again after the next backup.",
    },
  },
  /** The connection is reset during a transfer. */
  "DEL-CE-3": {
    status: "communication-error",
    ja: {
      cause: "削除を依頼している途中で接続が切れ、やり直してもうまくいきませんでした。",
      remedy:
        "Wi-Fiの電波が弱いときは有線での接続をお試しください。消し残したファイルは、次回のバックアップの後に削除されます。",
    },
    en: {
      cause: "The connection broke while deletions were being requested, and trying again failed.",
      remedy:
        "If the Wi-Fi signal is weak, try a cable. The files left over will be deleted after the next backup.",
    },
  },
  /** Silence until the time limit. */
  "DEL-CE-4": {
    status: "communication-error",
    ja: {
      cause: "削除中にサービスからの応答が途絶え、待ち時間の上限を超えました。",
      remedy:
        "回線が混み合っていないか確かめてください。残った分は次回のバックアップの後に削除されますので、急ぐときは{run-now}してください。",
    },
    en: {
      cause:
        "The service stopped answering during the deletion, and the time allowed for an answer ran out.",
      remedy:
        "Check whether the line is busy. The rest will be deleted after the next backup; {run-now} if you do not want to wait.",
    },
  },
  /** 5xx answers until the retries end. */
  "DEL-CE-5": {
    status: "communication-error",
    ja: {
      cause: "サービス側の一時的な不具合により、何度か試しましたが、削除できませんでした。",
      remedy:
        "次回のバックアップの後に自動でやり直しますので、お待ちください。何日も続くときは、障害や保守のお知らせを確かめてください。",
    },
    en: {
      cause:
        "The service had a temporary fault and did not delete the files, though it was tried several times.",
      remedy:
        "Wait: it is tried again after the next backup. If this goes on for days, look for a notice about an outage or maintenance.",
    },
  },
  /** A truncated or corrupted answer. */
  "DEL-CE-6": {
    status: "communication-error",
    ja: {
      cause:
        "サービスからの応答が途中で欠けているか壊れていたため、削除されたかどうかを確かめられませんでした。",
      remedy:
        "次回のバックアップの後に改めて確かめ、残っていれば削除します。繰り返すときは、ルーターや通信を中継する機器を再起動してください。",
    },
    en: {
      cause:
        "An answer from the service was cut short or damaged, so it is not certain that the files were deleted.",
      remedy:
        "This is checked again after the next backup, and what is left is deleted. If it happens repeatedly, restart the router and any device that relays the traffic.",
    },
  },
  /** The memory budget is exceeded. */
  "DEL-OM-1": {
    status: "out-of-memory",
    ja: {
      cause: "削除の途中で、専用ツールが使えるメモリの上限を超えました。",
      remedy:
        "使っていないアプリを閉じてください。繰り返すときは、バックアップ元を小さいフォルダに分けて登録してください。",
    },
    en: {
      cause: "The tool needed more memory than it may use during the deletion.",
      remedy:
        "Close applications you are not using. If it happens again, split the source into smaller folders to back up.",
    },
  },
  /** The user presses 中断. */
  "DEL-INT-1": {
    status: "interrupted",
    ja: {
      cause: "削除の途中で中断の操作がありました。すでに削除したファイルは元に戻りません。",
      remedy:
        "残りは次回のバックアップの後に削除されます。削除したくないときは、{no-deletion}ください。",
    },
    en: {
      cause:
        "The interrupt button was pressed during the deletion. Files deleted before that do not come back.",
      remedy:
        "The rest will be deleted after the next backup. If you do not want that, switch off deletion by difference comparison.",
    },
  },
  /** The user logs out during the run. */
  "DEL-INT-2": {
    status: "interrupted",
    ja: {
      cause: "削除の途中で専用ツールからログアウトしたため、処理を中断しました。",
      remedy:
        "ログインしておくと、次回のバックアップの後に残りが削除されます。削除中はログアウトしないでください。",
    },
    en: {
      cause: "The deletion was interrupted because somebody logged out of the tool while it ran.",
      remedy:
        "Log in, and the rest will be deleted after the next backup. Do not log out while a deletion is running.",
    },
  },
  /** A target was already gone from the service. */
  "DEL-NF-1": {
    status: "not-found",
    ja: {
      cause:
        "削除しようとしたファイルまたはフォルダが、すでにサービス上からなくなっていました。ほかの人や別の画面の操作で、先に削除されたと考えられます。",
      remedy:
        "消えていること自体に問題はなく、ほかの対象は削除されています。心当たりがないときは、同じ契約を使うほかの方に確かめてください。",
    },
    en: {
      cause:
        "A file or folder to be deleted was already gone from the service. Another person, or you in another window, probably deleted it first.",
      remedy:
        "That it is gone does no harm, and the other targets were deleted. If you did not expect it, ask the others who use the contract.",
    },
  },
  /** The tool was killed during the run. */
  "DEL-UX-1": {
    status: "unexpected",
    ja: {
      cause: "削除の途中で専用ツールが突然終了しました。",
      remedy:
        "専用ツールを起動し直してください。残りは次回のバックアップの後に削除されます。何度も起きるときは{logs}を添えて、お問い合わせください。",
    },
    en: {
      cause: "The tool ended suddenly during the deletion.",
      remedy:
        "Start the tool again. The rest will be deleted after the next backup. If it happens often, {send-logs}.",
    },
  },
  /** Power was lost during the run. */
  "DEL-UX-2": {
    status: "unexpected",
    ja: {
      cause: "削除の途中でパソコンの電源が切れました。",
      remedy:
        "電源を入れて専用ツールにログインしてください。残りは次回のバックアップの後に削除されます。",
    },
    en: {
      cause: "The PC lost power during the deletion.",
      remedy:
        "Switch the PC on and log in to the tool. The rest will be deleted after the next backup.",
    },
  },
  /** Two or more different incomplete statuses in one job. */
  "DEL-UX-3": {
    status: "unexpected",
    ja: {
      cause: "一度の削除で、種類の違う問題が二つ以上起きました。",
      remedy:
        "{details}でファイルごとのステータスを確かめ、それぞれの案内に沿って対応してください。残りは次回のバックアップの後に削除されます。",
    },
    en: {
      cause: "Two or more different problems occurred in the same deletion.",
      remedy:
        "Look up the status of each file in {details} and deal with each as described for it. The rest will be deleted after the next backup.",
    },
  },
  /** Anything the other causes do not cover. */
  "DEL-UX-4": {
    status: "unexpected",
    ja: {
      cause:
        "削除中に、想定していない問題が起きました。サービスから未知の応答があった場合などです。",
      remedy:
        "次回のバックアップの後に自動でやり直します。続くときは{logs}を添えて、お問い合わせください。",
    },
    en: {
      cause:
        "A problem nobody foresaw occurred during the deletion, such as an unknown answer from the service.",
      remedy: "It is tried again after the next backup. If it goes on, {send-logs}.",
    },
  },
} as const satisfies Readonly<Record<`DEL-${string}-${number}`, Cause<"delete">>>;
