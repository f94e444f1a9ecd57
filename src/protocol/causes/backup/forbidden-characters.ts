import type { Cause } from "../cause.ts";

/** How to speak of one forbidden character. */
interface CharacterWords {
  readonly ja: string;
  readonly en: string;
}

/** Nine causes differ in nothing but the character, so their sentences are written once. */
function forbiddenCharacter(words: CharacterWords): Cause<"backup"> {
  return {
    status: "forbidden-characters",
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

/** What in the name of a file or folder the service does not allow. */
export const BACKUP_FORBIDDEN_CHARACTERS = {
  /** ¥ or \ in a name (F20). */
  "B-FC-1": forbiddenCharacter({
    ja: "「¥」または「\\」（円記号・バックスラッシュ）",
    en: "a yen sign or a backslash (\\)",
  }),
  /** / in a name (F20). */
  "B-FC-2": forbiddenCharacter({ ja: "「/」（スラッシュ）", en: "a slash (/)" }),
  /** : in a name (F20). */
  "B-FC-3": forbiddenCharacter({ ja: "「:」（コロン）", en: "a colon (:)" }),
  /** * in a name (F20). */
  "B-FC-4": forbiddenCharacter({ ja: "「*」（アスタリスク）", en: "an asterisk (*)" }),
  /** ? in a name (F20). */
  "B-FC-5": forbiddenCharacter({ ja: "「?」（疑問符）", en: "a question mark (?)" }),
  /** " in a name (F20). */
  "B-FC-6": forbiddenCharacter({ ja: '「"」（二重引用符）', en: 'a double quote (")' }),
  /** < in a name (F20). */
  "B-FC-7": forbiddenCharacter({ ja: "「<」（小なり記号）", en: "a less-than sign (<)" }),
  /** > in a name (F20). */
  "B-FC-8": forbiddenCharacter({ ja: "「>」（大なり記号）", en: "a greater-than sign (>)" }),
  /** | in a name (F20). */
  "B-FC-9": forbiddenCharacter({ ja: "「|」（縦線）", en: "a vertical bar (|)" }),
  /** A folder name that begins with a full stop (F20). */
  "B-FC-10": {
    status: "forbidden-characters",
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
} as const satisfies Readonly<Record<`B-FC-${number}`, Cause<"backup">>>;
