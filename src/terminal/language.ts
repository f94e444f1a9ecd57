/** The languages people are spoken to in. */
export const LANGUAGES = ["ja", "en"] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** One text in every language. */
export type Words = Readonly<Record<Language, string>>;

/**
 * The language when none is asked for: Japanese when the environment's locale is Japanese, else
 * English. `LC_ALL` goes before `LC_MESSAGES` goes before `LANG`, as in POSIX.
 */
export function languageOf(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find(
    (value) => value !== undefined && value !== "",
  );
  return locale?.startsWith("ja") === true ? "ja" : "en";
}

/**
 * The language asked for by `--lang` anywhere in the arguments; needed before they are parsed,
 * because help and usage errors are texts as well. An unknown language counts as not asked; what stands behind `--` is for somebody else.
 */
export function languageAskedFor(args: readonly string[]): Language | undefined {
  const end = args.indexOf("--");
  const own = end === -1 ? args : args.slice(0, end);
  const position = own.findLastIndex((arg) => arg === "--lang" || arg.startsWith("--lang="));
  const value = own[position]?.startsWith("--lang=") ? own[position].slice(7) : own[position + 1];
  return LANGUAGES.find((language) => position >= 0 && language === value);
}
