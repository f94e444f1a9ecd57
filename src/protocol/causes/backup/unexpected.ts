import type { Cause } from "../cause.ts";

/** What is true of each of B-UX-1 to 5, and what a person wants to know first (A1138, B1004). */
const OTHERS_SAVED = {
  ja: "ほかのファイルは保存されています。このファイルは次回のバックアップの対象です。",
  en: " The other files are saved; this one is a target of the next backup.",
} as const;

/** Files that changed under the tool's hands, runs cut off, mixed results, and whatever nobody foresaw. */
export const BACKUP_UNEXPECTED = {
  /** A file changed while it was read. */
  "B-UX-1": {
    status: "unexpected",
    ja: {
      cause:
        "読み取っている間に内容が書き換えられたファイルがあります。中途半端な内容を残さないよう、そのファイルは保存しませんでした。",
      remedy: `編集を終えてから{rerun}してください。いつも同じファイルで起きるときは、そのファイルを使わない時間に予定を移してください。${OTHERS_SAVED.ja}`,
    },
    en: {
      cause:
        "A file was changed while it was being read. It was not saved, so that no half-changed copy is kept.",
      remedy: `Finish editing, then {rerun}. If it is always the same file, move the schedule to a time when it is not in use.${OTHERS_SAVED.en}`,
    },
  },
  /** A file is held open by another application. */
  "B-UX-2": {
    status: "unexpected",
    ja: {
      cause: "ほかのアプリが開いたままにしていて、読み取れないファイルがありました。",
      remedy: `{details}でファイルを確かめ、それを開いているアプリを閉じてから{rerun}してください。データベースのように常に開いているファイルは、アプリの書き出し機能で作った写しを保存してください。${OTHERS_SAVED.ja}`,
    },
    en: {
      cause: "A file could not be read because another application holds it open.",
      remedy: `Find the file in {details}, close the application that has it open, and {rerun}. For files that are always open, such as databases, back up a copy exported by the application.${OTHERS_SAVED.en}`,
    },
  },
  /** A file was renamed during the run. */
  "B-UX-3": {
    status: "unexpected",
    ja: {
      cause: "バックアップの途中でファイルの名前が変わり、元の名前では見つからなくなりました。",
      remedy: `次回のバックアップで新しい名前のファイルとして保存されます。バックアップ中は、対象のファイルの名前を変えないでください。${OTHERS_SAVED.ja}`,
    },
    en: {
      cause: "A file was renamed during the backup and could no longer be found by its old name.",
      remedy: `The next backup saves it under its new name. Avoid renaming files while a backup is running.${OTHERS_SAVED.en}`,
    },
  },
  /** A file was deleted during the run. */
  "B-UX-4": {
    status: "unexpected",
    ja: {
      cause: "バックアップの途中で、これから保存するはずのファイルが削除されました。",
      remedy: `意図して消したのであれば対応は必要ありません。誤って消したときは、以前に保存した内容があれば復元できます。${OTHERS_SAVED.ja}`,
    },
    en: {
      cause: "A file that was still to be saved was deleted during the backup.",
      remedy: `If you deleted it on purpose, nothing needs doing. If it was a mistake, you can restore it as it was last saved, if it had been saved before.${OTHERS_SAVED.en}`,
    },
  },
  /** A file was moved away during the run. */
  "B-UX-5": {
    status: "unexpected",
    ja: {
      cause: "バックアップの途中でファイルが別の場所に移され、読み取れませんでした。",
      remedy: `移した先がバックアップの対象であれば、次回保存されます。対象でない場所に移したときは、その場所を{sources}追加してください。${OTHERS_SAVED.ja}`,
    },
    en: {
      cause: "A file was moved to another place during the backup and could not be read.",
      remedy: `If its new place is backed up, the next backup saves it there. If not, add that place to the folders to back up.${OTHERS_SAVED.en}`,
    },
  },
  /** The user closed the tool during the run. */
  "B-UX-6": {
    status: "unexpected",
    ja: {
      cause: "バックアップの途中で専用ツールが閉じられました。",
      remedy:
        "専用ツールを起動して{rerun}してください。画面の右上で閉じるとツールが終了しますので、バックアップ中は開いたままにしてください。",
    },
    en: {
      cause: "The tool was closed during the backup.",
      remedy:
        "Start the tool and {rerun}. Closing the main window ends the tool, so leave it open while a backup is running.",
    },
  },
  /** The tool was killed during the run. */
  "B-UX-7": {
    status: "unexpected",
    ja: {
      cause:
        "バックアップの途中で専用ツールが突然終了しました。強制終了や、ほかのソフトによる停止が考えられます。",
      remedy:
        "専用ツールを起動し直して{rerun}してください。何度も起きるときは{logs}を添えて、お問い合わせください。",
    },
    en: {
      cause:
        "The tool ended suddenly during the backup. It may have been forced to quit, or stopped by other software.",
      remedy: "Start the tool again and {rerun}. If it happens often, {send-logs}.",
    },
  },
  /** Power was lost during the run. */
  "B-UX-8": {
    status: "unexpected",
    ja: {
      cause: "バックアップの途中でパソコンの電源が切れました。",
      remedy:
        "電源を入れ、専用ツールにログインして{rerun}してください。ノートパソコンでは、バックアップ中は電源につないでおくと安心です。",
    },
    en: {
      cause: "The PC lost power during the backup.",
      remedy:
        "Switch the PC on, log in to the tool and {rerun}. With a notebook, it is best to plug it in while a backup is running.",
    },
  },
  /** Two or more different incomplete statuses in one job. */
  "B-UX-9": {
    status: "unexpected",
    ja: {
      cause: "一度のバックアップで、種類の違う問題が二つ以上起きました。",
      remedy:
        "{details}でステータスごとに絞り込むと、ファイルごとの問題が分かります。それぞれの案内に沿って対応してから{rerun}してください。",
    },
    en: {
      cause: "Two or more different problems occurred in the same backup.",
      remedy:
        "Filter {details} by status to see which file had which problem. Deal with each as described for it, then {rerun}.",
    },
  },
  /** Anything the other causes do not cover. */
  "B-UX-10": {
    status: "unexpected",
    ja: {
      cause:
        "バックアップ中に、想定していない問題が起きました。ディスクの読み取りエラーや、サービスからの未知の応答などです。",
      remedy:
        "{rerun}してください。同じファイルで繰り返すときは、ファイルが開けるか、ディスクにエラーがないかを調べてください。それでも直らないときは{logs}を添えて、お問い合わせください。",
    },
    en: {
      cause:
        "A problem nobody foresaw occurred during the backup, such as a disk read error or an unknown answer from the service.",
      remedy:
        "{Rerun}. If the same file fails again, check that it opens and that the disk has no errors. If that does not help, {send-logs}.",
    },
  },
  /** The destination folder was deleted, renamed, made anew or set back during the run. */
  "B-UX-11": {
    status: "unexpected",
    ja: {
      cause:
        "バックアップの途中で、バックアップ先のフォルダが削除、リネーム、または別のものに置き換えられました。",
      remedy:
        "バックアップ先のフォルダがあるか確かめてください。なくなっているときは、バックアップ元を登録し直すと作られます。次回のバックアップですべてのファイルが改めて保存されますので、実行中はバックアップ先のフォルダを操作しないでください。",
    },
    en: {
      cause:
        "During the backup, the destination folder was deleted or renamed, or another one took its place.",
      remedy:
        "Check that the destination folder is there. If it is gone, registering the source folder again makes it. The next backup saves every file anew; leave the destination folder alone while a backup is running.",
    },
  },
} as const satisfies Readonly<Record<`B-UX-${number}`, Cause<"backup">>>;
