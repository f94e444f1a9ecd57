import type { CauseText } from "./cause-text.ts";
import type { BackupCauseId } from "./cause.ts";

/** The causes that say whether a backup could take place at all. */
type StartCauseId = Extract<BackupCauseId, `B-${"OK" | "RUN" | "NR" | "IS"}-${number}`>;

/** Texts for backups that went well, did not run, or found their settings wrong at the start. */
export const BACKUP_START_CAUSE_TEXTS: Readonly<Record<StartCauseId, CauseText>> = {
  "B-OK-1": {
    ja: {
      cause: "対象のファイルとフォルダを、すべてサービスに保存しました。",
      remedy: "対応は必要ありません。",
    },
    en: {
      cause: "Every file and folder to be backed up was saved on the service.",
      remedy: "Nothing needs doing.",
    },
  },
  "B-OK-2": {
    ja: {
      cause:
        "前回保存した内容から変わったファイルがなかったため、新しく送るものはありませんでした。",
      remedy: "対応は必要ありません。最新の内容はすでにサービスにあります。",
    },
    en: {
      cause: "No file had changed since the last backup, so there was nothing new to send.",
      remedy: "Nothing needs doing. The service already has the latest contents.",
    },
  },
  "B-RUN-1": {
    ja: {
      cause: "バックアップを実行しています。",
      remedy:
        "対応は必要ありません。終わるまで、専用ツールを開き、パソコンの電源を入れたままでお待ちください。",
    },
    en: {
      cause: "The backup is running.",
      remedy: "Nothing needs doing. Leave the tool open and the PC on until it has finished.",
    },
  },
  "B-NR-1": {
    ja: {
      cause:
        "予定の時刻に専用ツールが起動していませんでした。タスクスケジューラーに登録がないため、自動では起動しませんでした。",
      remedy:
        "すぐに保存したいときは「今すぐ実行する」を押してください。今後は予定の時刻に専用ツールを開いておくか、バックアップタイミングを設定し直して、タスクスケジューラーに登録してください。",
    },
    en: {
      cause:
        "The tool was not running at the scheduled time, and no task is registered in the Task Scheduler to start it.",
      remedy:
        'To back up at once, press "Run now". For the next time, keep the tool open at the scheduled time, or set the schedule again and register it in the Task Scheduler.',
    },
  },
  "B-NR-2": {
    ja: {
      cause: "予定の時刻に専用ツールは起動していましたが、ログアウトした状態でした。",
      remedy:
        "ログインして「今すぐ実行する」を押してください。自動バックアップを使う間は、ログインしたままにしておいてください。",
    },
    en: {
      cause: "The tool was running at the scheduled time, but nobody was logged in to it.",
      remedy:
        'Log in and press "Run now". Stay logged in as long as you want automatic backups to run.',
    },
  },
  "B-NR-3": {
    ja: {
      cause: "予定の時刻にパソコンがスリープしていました。",
      remedy:
        "「今すぐ実行する」で保存できます。今後は、予定の時刻にスリープしないように電源の設定を変えるか、パソコンを使っている時間に予定を移してください。",
    },
    en: {
      cause: "The PC was asleep at the scheduled time.",
      remedy:
        'Press "Run now" to back up. For the next time, change the power settings so that the PC does not sleep then, or move the schedule to a time when you use it.',
    },
  },
  "B-NR-4": {
    ja: {
      cause: "予定の時刻にパソコンが休止状態でした。",
      remedy:
        "「今すぐ実行する」で保存できます。今後は、予定の時刻に休止状態にならないように電源の設定を見直すか、別の時刻に予定を移してください。",
    },
    en: {
      cause: "The PC was hibernating at the scheduled time.",
      remedy:
        'Press "Run now" to back up. For the next time, review the power settings so that the PC does not hibernate then, or choose another time.',
    },
  },
  "B-NR-5": {
    ja: {
      cause: "予定の時刻にパソコンの電源が切れていました。",
      remedy:
        "「今すぐ実行する」で保存できます。今後は予定の時刻に電源を入れておくか、電源を入れている時間帯に予定を移してください。",
    },
    en: {
      cause: "The PC was switched off at the scheduled time.",
      remedy:
        'Press "Run now" to back up. For the next time, leave the PC on at the scheduled time, or move the schedule to hours when it is on.',
    },
  },
  "B-NR-6": {
    ja: {
      cause:
        "予定の時刻にWindowsからサインアウトしていました。タスクスケジューラーに登録がないため、サインアウト中は実行できません。",
      remedy:
        "サインインして「今すぐ実行する」を押してください。サインアウト中にも実行するには、パスワードを設定した管理者権限のあるWindowsユーザーで、タスクスケジューラーに登録してください。",
    },
    en: {
      cause:
        "The user was signed out at the scheduled time. Without a task in the Task Scheduler, backups cannot run while signed out.",
      remedy:
        'Sign in and press "Run now". To let backups run while signed out, register the task as a user with administrator rights and a password.',
    },
  },
  "B-NR-7": {
    ja: {
      cause:
        "バックアップ元がネットワークドライブにあり、予定の時刻に専用ツールが閉じていたか、Windowsからサインアウトしていました。",
      remedy:
        "ネットワークドライブが開けることを確かめてから「今すぐ実行する」を押してください。このフォルダは、サインインして専用ツールにログインしている間だけ保存されます。",
    },
    en: {
      cause:
        "The source is on a network drive, and at the scheduled time the tool was closed or the user was signed out.",
      remedy:
        'Check that the network drive opens, then press "Run now". This folder is backed up only while you are signed in and logged in to the tool.',
    },
  },
  "B-NR-8": {
    ja: {
      cause:
        "予定の時刻にサインアウトしていました。Windows Server 2012では、サインアウト中の自動バックアップは動きません。",
      remedy:
        "サインインして「今すぐ実行する」を押してください。今後は、予定の時刻にサインインした状態にしておいてください。画面のロックは問題ありません。",
    },
    en: {
      cause:
        "The user was signed out at the scheduled time. On Windows Server 2012, automatic backups do not work while signed out.",
      remedy:
        'Sign in and press "Run now". From now on, stay signed in at the scheduled time. Locking the screen does no harm.',
    },
  },
  "B-NR-9": {
    ja: {
      cause:
        "予定の時刻までの5分間に、専用ツールを閉じたか、サインアウトしました。この間は実行の準備が始まっているため、その回は実行されません。",
      remedy:
        "「今すぐ実行する」で保存できます。専用ツールを閉じたりサインアウトしたりするときは、予定の時刻の5分前より早く行ってください。",
    },
    en: {
      cause:
        "The tool was closed, or the user signed out, in the 5 minutes before the scheduled time. The run is being prepared then, so it was lost.",
      remedy:
        'Press "Run now" to back up. When you close the tool or sign out, do so more than 5 minutes before the scheduled time.',
    },
  },
  "B-IS-1": {
    ja: {
      cause: "バックアップを始める前に、バックアップ元のフォルダが削除されていました。",
      remedy:
        "必要なフォルダであれば元の場所に戻してください。不要であれば「バックアップするフォルダ」の一覧から外してください。",
    },
    en: {
      cause: "The source folder had been deleted before the backup started.",
      remedy:
        "If you need the folder, put it back in its place. If not, remove it from the list of folders to back up.",
    },
  },
  "B-IS-2": {
    ja: {
      cause: "バックアップを始める前に、バックアップ元のフォルダの名前が変わっていました。",
      remedy:
        "フォルダの名前を元に戻してください。新しい名前で使い続けるときは、今の登録を外し、新しい名前のフォルダを追加してください。",
    },
    en: {
      cause: "The source folder had been renamed before the backup started.",
      remedy:
        "Give the folder its old name again. To keep the new name, remove the old entry and add the folder under its new name.",
    },
  },
  "B-IS-3": {
    ja: {
      cause: "バックアップを始める前に、サービス上の保存先フォルダが削除されていました。",
      remedy:
        "「バックアップ先のフォルダ」を設定し直してから、もう一度バックアップしてください。ファイルは新しい保存先に改めて送られます。",
    },
    en: {
      cause: "The destination folder on the service had been deleted before the backup started.",
      remedy:
        "Set the destination folder again, then run the backup once more. The files are sent anew to the new destination.",
    },
  },
  "B-IS-4": {
    ja: {
      cause: "バックアップを始める前に、サービス上の保存先フォルダの名前が変わっていました。",
      remedy:
        "サービス上のフォルダの名前を元に戻すか、「バックアップ先のフォルダ」に新しい名前を設定してから、もう一度バックアップしてください。",
    },
    en: {
      cause: "The destination folder on the service had been renamed before the backup started.",
      remedy:
        "Give the folder on the service its old name again, or enter the new name as the destination folder, then run the backup once more.",
    },
  },
};
