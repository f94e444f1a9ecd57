import type { Language } from "../../../terminal/language.ts";

/** `ja`, `ja-JP;q=0.8`: a language range and its weight (RFC 9110 section 12.5.4). */
const RANGE = /^\s*([a-z]{2})(?:-[a-z\d-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i;

/** The language to refuse in by `Accept-Language`: Japanese for who would rather have that, else English. */
export function acceptedLanguage(acceptLanguage: string | undefined): Language {
  return weightOf("ja", acceptLanguage) > weightOf("en", acceptLanguage) ? "ja" : "en";
}

/** The weight of a language, 0 where it is not named. */
function weightOf(language: Language, acceptLanguage = ""): number {
  const weights = acceptLanguage.split(",").map((part) => {
    const [, name = "", weight = "1"] = RANGE.exec(part) ?? [];
    return name.toLowerCase() === language ? Number(weight) : 0;
  });
  return Math.max(0, ...weights);
}
