import { BACKUP_COMMUNICATION_ERROR } from "./backup/communication-error.ts";
import { BACKUP_FORBIDDEN_CHARACTERS } from "./backup/forbidden-characters.ts";
import { BACKUP_NOT_RUN } from "./backup/not-run.ts";
import { BACKUP_UNEXPECTED } from "./backup/unexpected.ts";
import type { Cause } from "./cause.ts";

/** Every cause of a backup's status. The statuses with many causes have a file each. */
export const BACKUP_CAUSES = {
  /** Every target was sent. */
  "B-OK-1": {
    status: "completed",
    ja: {
      cause: "対象のファイルとフォルダを、すべてサービスに保存しました。",
      remedy: "対応は必要ありません。",
    },
    en: {
      cause: "Every file and folder to be backed up was saved on the service.",
      remedy: "Nothing needs doing.",
    },
  },
  /** Nothing differed from the last backup. */
  "B-OK-2": {
    status: "completed",
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
  /** Looked at while it runs. */
  "B-RUN-1": {
    status: "running",
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
  ...BACKUP_NOT_RUN,
  /** The source folder was deleted before the start. */
  "B-IS-1": {
    status: "invalid-settings",
    ja: {
      cause: "バックアップを始める前に、バックアップ元のフォルダが削除されていました。",
      remedy:
        "必要なフォルダであれば元の場所に戻してください。不要であれば{remove-source}ください。",
    },
    en: {
      cause: "The source folder had been deleted before the backup started.",
      remedy:
        "If you need the folder, put it back in its place. If not, remove it from the list of folders to back up.",
    },
  },
  /** The source folder was renamed before the start. */
  "B-IS-2": {
    status: "invalid-settings",
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
  /** The destination folder was deleted before the start. */
  "B-IS-3": {
    status: "invalid-settings",
    ja: {
      cause: "バックアップを始める前に、サービス上の保存先フォルダが削除されていました。",
      remedy:
        "{set-destination}から、もう一度バックアップしてください。ファイルは新しい保存先に改めて送られます。",
    },
    en: {
      cause: "The destination folder on the service had been deleted before the backup started.",
      remedy:
        "Set the destination folder again, then run the backup once more. The files are sent anew to the new destination.",
    },
  },
  /** The destination folder was renamed before the start. */
  "B-IS-4": {
    status: "invalid-settings",
    ja: {
      cause: "バックアップを始める前に、サービス上の保存先フォルダの名前が変わっていました。",
      remedy:
        "サービス上のフォルダの名前を元に戻すか、{set-destination}から、もう一度バックアップしてください。",
    },
    en: {
      cause: "The destination folder on the service had been renamed before the backup started.",
      remedy:
        "Give the folder on the service its old name again, or enter the new name as the destination folder, then run the backup once more.",
    },
  },
  /** A file cannot be read. */
  "B-AD-1": {
    status: "access-denied",
    ja: {
      cause: "読み取る権限がないファイルがあり、そのファイルを保存できませんでした。",
      remedy:
        "{details}でファイルを確かめ、専用ツールを使うユーザーに読み取りの権限を付けてください。ほかのファイルは保存されています。",
    },
    en: {
      cause: "A file could not be saved because there is no permission to read it.",
      remedy:
        "Find the file in {details} and give the user of the tool permission to read it. The other files are saved.",
    },
  },
  /** A folder below the source cannot be read. */
  "B-AD-2": {
    status: "access-denied",
    ja: {
      cause: "開く権限がないフォルダがあり、その中のファイルを保存できませんでした。",
      remedy:
        "{details}でフォルダを確かめ、専用ツールを使うユーザーに、フォルダを開いて中を読み取る権限を付けてください。以前に保存した分は、そのまま残っています。",
    },
    en: {
      cause: "A folder could not be opened for lack of permission, so nothing in it was saved.",
      remedy:
        "Find the folder in {details} and give the user of the tool permission to open it and read what is in it. What was saved from it before is still there.",
    },
  },
  /** The source folder itself cannot be read. */
  "B-AD-3": {
    status: "access-denied",
    ja: {
      cause: "バックアップ元のフォルダ自体を開く権限がなく、何も保存できませんでした。",
      remedy:
        "専用ツールを使うユーザーでこのフォルダを開けるか確かめ、開けないときは権限を付けてください。その後、バックアップをやり直してください。",
    },
    en: {
      cause:
        "The source folder itself could not be opened for lack of permission, so nothing was saved.",
      remedy:
        "Check whether the user of the tool can open the folder, and give permission if not. Then run the backup again.",
    },
  },
  ...BACKUP_FORBIDDEN_CHARACTERS,
  /** The capacity was reached midway. */
  "B-IC-1": {
    status: "insufficient-capacity",
    ja: {
      cause: "バックアップの途中で契約容量がいっぱいになり、残りのファイルを保存できませんでした。",
      remedy:
        "{capacity}で空き容量を確かめ、サービス上の不要なファイルを消すか、容量の大きいプランに変えてください。その後{rerun-name}で続きを保存できます。",
    },
    en: {
      cause:
        "The capacity of the contract was used up during the backup, so the remaining files were not saved.",
      remedy:
        "Check the free capacity, then delete files you no longer need from the service or change to a larger plan. After that, {rerun-name} saves the rest.",
    },
  },
  /** The capacity was used up at the start. */
  "B-IC-2": {
    status: "insufficient-capacity",
    ja: {
      cause:
        "バックアップを始めた時点で空き容量がなく、新しいファイルを保存できませんでした。古い世代のファイルも容量に含まれます。",
      remedy:
        "サービス上の不要なファイルを消すか、容量の大きいプランに変えてから、バックアップをやり直してください。",
    },
    en: {
      cause:
        "No capacity was free when the backup started, so nothing new could be saved. Older generations of files count towards the capacity too.",
      remedy:
        "Delete files you no longer need from the service, or change to a larger plan, then run the backup again.",
    },
  },
  /** One file is larger than what is free. */
  "B-IC-3": {
    status: "insufficient-capacity",
    ja: {
      cause: "空き容量より大きいファイルがあり、そのファイルだけ保存できませんでした。",
      remedy:
        "{details}でファイルの大きさを確かめ、それを上回る空き容量を用意してください。保存しなくてよいファイルなら、バックアップ元の外に移してください。",
    },
    en: {
      cause: "One file is larger than the free capacity, so that file was not saved.",
      remedy:
        "Look up the size of the file in {details} and make more space than that. If it need not be backed up, move it out of the source folder.",
    },
  },
  ...BACKUP_COMMUNICATION_ERROR,
  /** The scan exceeds the memory budget. */
  "B-OM-1": {
    status: "out-of-memory",
    ja: {
      cause: "フォルダの中を調べている途中で、専用ツールが使えるメモリの上限を超えました。",
      remedy:
        "使っていないアプリを閉じてから{rerun}してください。1つのフォルダのファイルが50万個（ファイルのパスは244文字が目安）を超えるときは、中のフォルダごとに分けて{sources}登録してください。",
    },
    en: {
      cause: "The tool needed more memory than it may use while it looked through the folder.",
      remedy:
        "Close applications you are not using and {rerun}. If one folder holds more than 500,000 files (with paths of about 244 characters), add its subfolders one by one as folders to back up instead of the whole.",
    },
  },
  /** The difference comparison exceeds the memory budget. */
  "B-OM-2": {
    status: "out-of-memory",
    ja: {
      cause:
        "パソコンとサービスの内容を差分比較している途中で、専用ツールが使えるメモリの上限を超えました。",
      remedy:
        "バックアップ元を、ファイルが50万個（ファイルのパスは244文字が目安）を超えない小さいフォルダに分けて登録するか、{no-comparison}から、やり直してください。",
    },
    en: {
      cause:
        "The tool needed more memory than it may use while it compared the PC with the service.",
      remedy:
        "Split the source into folders of no more than 500,000 files (with paths of about 244 characters), or switch the difference comparison off, then run the backup again.",
    },
  },
  /** The user presses 中断. */
  "B-INT-1": {
    status: "interrupted",
    ja: {
      cause: "バックアップの途中で中断の操作がありました。",
      remedy:
        "{rerun-do}と、まだ保存されていないファイルを保存します。それまでに保存したファイルはサービスに残っています。",
    },
    en: {
      cause: "The interrupt button was pressed during the backup.",
      remedy:
        "{Rerun} to save the files that are still missing. Those saved before are kept on the service.",
    },
  },
  /** The user logs out during the run. */
  "B-INT-2": {
    status: "interrupted",
    ja: {
      cause: "バックアップの途中で専用ツールからログアウトしたため、処理を中断しました。",
      remedy:
        "もう一度ログインして{rerun}してください。バックアップ中はログアウトしないでください。",
    },
    en: {
      cause: "The backup was interrupted because somebody logged out of the tool while it ran.",
      remedy: "Log in again and {rerun}. Do not log out while a backup is running.",
    },
  },
  ...BACKUP_UNEXPECTED,
} as const satisfies Readonly<Record<`B-${string}-${number}`, Cause<"backup">>>;
