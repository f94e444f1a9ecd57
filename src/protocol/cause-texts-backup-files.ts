import type { CauseText } from "./cause-text.ts";
import type { BackupCauseId } from "./cause.ts";

/** The causes that lie in what is to be backed up: its permissions, its names and its size. */
type FilesCauseId = Extract<BackupCauseId, `B-${"AD" | "FC" | "IC"}-${number}`>;

/** How to speak of one forbidden character. */
interface CharacterWords {
  readonly ja: string;
  readonly en: string;
}

/** Nine causes differ in nothing but the character, so their sentences are written once. */
function forbiddenCharacterText(words: CharacterWords): CauseText {
  return {
    ja: {
      cause: `ファイルまたはフォルダの名前に、サービスで使えない文字${words.ja}が入っているため、保存できませんでした。`,
      remedy: `名前から${words.ja}を取り除くか、別の文字に置き換えてください。次回のバックアップで保存されます。`,
    },
    en: {
      cause: `The name of a file or folder contains ${words.en}, which the service does not allow, so it was not saved.`,
      remedy: `Rename it without ${words.en}, for instance with a hyphen instead. The next backup will save it.`,
    },
  };
}

/** Texts for files and folders that could not be read, named or held by the contract's capacity. */
export const BACKUP_FILES_CAUSE_TEXTS: Readonly<Record<FilesCauseId, CauseText>> = {
  "B-AD-1": {
    ja: {
      cause: "読み取る権限がないファイルがあり、そのファイルを保存できませんでした。",
      remedy:
        "詳細画面でファイルを確かめ、専用ツールを使うユーザーに読み取りの権限を付けてください。ほかのファイルは保存されています。",
    },
    en: {
      cause: "A file could not be saved because there is no permission to read it.",
      remedy:
        "Find the file in the details and give the user of the tool permission to read it. The other files are saved.",
    },
  },
  "B-AD-2": {
    ja: {
      cause: "開く権限がないフォルダがあり、その中のファイルを保存できませんでした。",
      remedy:
        "詳細画面でフォルダを確かめ、専用ツールを使うユーザーに、フォルダを開いて中を読み取る権限を付けてください。以前に保存した分は、そのまま残っています。",
    },
    en: {
      cause: "A folder could not be opened for lack of permission, so nothing in it was saved.",
      remedy:
        "Find the folder in the details and give the user of the tool permission to open it and read what is in it. What was saved from it before is still there.",
    },
  },
  "B-AD-3": {
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
  "B-FC-1": forbiddenCharacterText({
    ja: "「¥」または「\\」（円記号・バックスラッシュ）",
    en: "a yen sign or a backslash (\\)",
  }),
  "B-FC-2": forbiddenCharacterText({ ja: "「/」（スラッシュ）", en: "a slash (/)" }),
  "B-FC-3": forbiddenCharacterText({ ja: "「:」（コロン）", en: "a colon (:)" }),
  "B-FC-4": forbiddenCharacterText({ ja: "「*」（アスタリスク）", en: "an asterisk (*)" }),
  "B-FC-5": forbiddenCharacterText({ ja: "「?」（疑問符）", en: "a question mark (?)" }),
  "B-FC-6": forbiddenCharacterText({ ja: '「"」（二重引用符）', en: 'a double quote (")' }),
  "B-FC-7": forbiddenCharacterText({ ja: "「<」（小なり記号）", en: "a less-than sign (<)" }),
  "B-FC-8": forbiddenCharacterText({ ja: "「>」（大なり記号）", en: "a greater-than sign (>)" }),
  "B-FC-9": forbiddenCharacterText({ ja: "「|」（縦線）", en: "a vertical bar (|)" }),
  "B-FC-10": {
    ja: {
      cause: "名前がピリオド「.」で始まるフォルダは、サービスに保存できません。",
      remedy:
        "フォルダの名前を、ピリオド以外の文字で始まるように変えてください。ほかのアプリが使うフォルダなど、名前を変えられないものは、バックアップ元の外に移してください。",
    },
    en: {
      cause: 'A folder whose name begins with a full stop (".") cannot be saved on the service.',
      remedy:
        "Rename the folder so that it begins with another character. If it must keep its name, for instance because an application uses it, move it out of the source folder.",
    },
  },
  "B-IC-1": {
    ja: {
      cause: "バックアップの途中で契約容量がいっぱいになり、残りのファイルを保存できませんでした。",
      remedy:
        "「容量確認」で空き容量を確かめ、サービス上の不要なファイルを消すか、容量の大きいプランに変えてください。その後「再実行」で続きを保存できます。",
    },
    en: {
      cause:
        "The capacity of the contract was used up during the backup, so the remaining files were not saved.",
      remedy:
        'Check the free capacity, then delete files you no longer need from the service or change to a larger plan. After that, "Rerun" saves the rest.',
    },
  },
  "B-IC-2": {
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
  "B-IC-3": {
    ja: {
      cause: "空き容量より大きいファイルがあり、そのファイルだけ保存できませんでした。",
      remedy:
        "詳細画面でファイルの大きさを確かめ、それを上回る空き容量を用意してください。保存しなくてよいファイルなら、バックアップ元の外に移してください。",
    },
    en: {
      cause: "One file is larger than the free capacity, so that file was not saved.",
      remedy:
        "Look up the size of the file in the details and make more space than that. If it need not be backed up, move it out of the source folder.",
    },
  },
};
