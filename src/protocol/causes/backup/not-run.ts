import type { Cause } from "../cause.ts";

/** Why a slot of the schedule had no backup. */
export const BACKUP_NOT_RUN = {
  /** The tool was not running at the slot, and no OS task starts it (F13). */
  "B-NR-1": {
    status: "not-run",
    ja: {
      cause:
        "予定の時刻に専用ツールが起動していませんでした。タスクスケジューラーに登録がないため、自動では起動しませんでした。",
      remedy:
        "すぐに保存したいときは{run-now}してください。今後は予定の時刻に専用ツールを開いておくか、バックアップタイミングを設定し直して、タスクスケジューラーに登録してください。",
    },
    en: {
      cause:
        "The tool was not running at the scheduled time, and no task is registered in the Task Scheduler to start it.",
      remedy:
        "To back up at once, {run-now}. For the next time, keep the tool open at the scheduled time, or set the schedule again and register it in the Task Scheduler.",
    },
  },
  /** The tool was running but logged out (F06). */
  "B-NR-2": {
    status: "not-run",
    ja: {
      cause: "予定の時刻に専用ツールは起動していましたが、ログアウトした状態でした。",
      remedy:
        "ログインして{run-now}してください。自動バックアップを使う間は、ログインしたままにしておいてください。",
    },
    en: {
      cause: "The tool was running at the scheduled time, but nobody was logged in to it.",
      remedy: "Log in and {run-now}. Stay logged in as long as you want automatic backups to run.",
    },
  },
  /** The PC was asleep at the slot (F14). */
  "B-NR-3": {
    status: "not-run",
    ja: {
      cause: "予定の時刻にパソコンがスリープしていました。",
      remedy:
        "{run-now-name}で保存できます。今後は、予定の時刻にスリープしないように電源の設定を変えるか、パソコンを使っている時間に予定を移してください。",
    },
    en: {
      cause: "The PC was asleep at the scheduled time.",
      remedy:
        "{Run-now} to back up. For the next time, change the power settings so that the PC does not sleep then, or move the schedule to a time when you use it.",
    },
  },
  /** The PC was hibernating at the slot (F14). */
  "B-NR-4": {
    status: "not-run",
    ja: {
      cause: "予定の時刻にパソコンが休止状態でした。",
      remedy:
        "{run-now-name}で保存できます。今後は、予定の時刻に休止状態にならないように電源の設定を見直すか、別の時刻に予定を移してください。",
    },
    en: {
      cause: "The PC was hibernating at the scheduled time.",
      remedy:
        "{Run-now} to back up. For the next time, review the power settings so that the PC does not hibernate then, or choose another time.",
    },
  },
  /** The PC was shut down at the slot (F14). */
  "B-NR-5": {
    status: "not-run",
    ja: {
      cause: "予定の時刻にパソコンの電源が切れていました。",
      remedy:
        "{run-now-name}で保存できます。今後は予定の時刻に電源を入れておくか、電源を入れている時間帯に予定を移してください。",
    },
    en: {
      cause: "The PC was switched off at the scheduled time.",
      remedy:
        "{Run-now} to back up. For the next time, leave the PC on at the scheduled time, or move the schedule to hours when it is on.",
    },
  },
  /** The user was signed out, and there is no OS task (F13). */
  "B-NR-6": {
    status: "not-run",
    ja: {
      cause:
        "予定の時刻にWindowsからサインアウトしていました。タスクスケジューラーに登録がないため、サインアウト中は実行できません。",
      remedy:
        "サインインして{run-now}してください。サインアウト中にも実行するには、パスワードを設定した管理者権限のあるWindowsユーザーで、タスクスケジューラーに登録してください。",
    },
    en: {
      cause:
        "The user was signed out at the scheduled time. Without a task in the Task Scheduler, backups cannot run while signed out.",
      remedy:
        "Sign in and {run-now}. To let backups run while signed out, register the task as a user with administrator rights and a password.",
    },
  },
  /** A source on a network drive, and the tool was closed or the user signed out (F13). */
  "B-NR-7": {
    status: "not-run",
    ja: {
      cause:
        "バックアップ元がネットワークドライブにあり、予定の時刻に専用ツールが閉じていたか、Windowsからサインアウトしていました。",
      remedy:
        "ネットワークドライブが開けることを確かめてから{run-now}してください。このフォルダは、サインインして専用ツールにログインしている間だけ保存されます。",
    },
    en: {
      cause:
        "The source is on a network drive, and at the scheduled time the tool was closed or the user was signed out.",
      remedy:
        "Check that the network drive opens, then {run-now}. This folder is backed up only while you are signed in and logged in to the tool.",
    },
  },
  /** Windows Server 2012 with the user signed out (F13). */
  "B-NR-8": {
    status: "not-run",
    ja: {
      cause:
        "予定の時刻にサインアウトしていました。Windows Server 2012では、サインアウト中の自動バックアップは動きません。",
      remedy:
        "サインインして{run-now}してください。今後は、予定の時刻にサインインした状態にしておいてください。画面のロックは問題ありません。",
    },
    en: {
      cause:
        "The user was signed out at the scheduled time. On Windows Server 2012, automatic backups do not work while signed out.",
      remedy:
        "Sign in and {run-now}. From now on, stay signed in at the scheduled time. Locking the screen does no harm.",
    },
  },
  /** The tool was closed, or the user signed out, in the lead time before the slot (F13). */
  "B-NR-9": {
    status: "not-run",
    ja: {
      cause:
        "予定の時刻までの5分間に、専用ツールを閉じたか、サインアウトしました。この間は実行の準備が始まっているため、その回は実行されません。",
      remedy:
        "{run-now-name}で保存できます。専用ツールを閉じたりサインアウトしたりするときは、予定の時刻の5分前より早く行ってください。",
    },
    en: {
      cause:
        "The tool was closed, or the user signed out, in the 5 minutes before the scheduled time. The run is being prepared then, so it was lost.",
      remedy:
        "{Run-now} to back up. When you close the tool or sign out, do so more than 5 minutes before the scheduled time.",
    },
  },
} as const satisfies Readonly<Record<`B-NR-${number}`, Cause<"backup">>>;
