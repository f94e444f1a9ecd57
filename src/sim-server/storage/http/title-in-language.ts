import { message } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import type { Problem } from "../../../protocol/http/problem.ts";

/** `ja`, `ja-JP;q=0.8`: a language range and its weight (RFC 9110 section 12.5.4). */
const RANGE = /^\s*([a-z]{2})(?:-[a-z\d-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i;

/** A problem whose title is in Japanese for who would rather have that than English, by `Accept-Language`. */
export function titleInLanguage(problem: Problem, acceptLanguage: string | undefined): Problem {
  if (weightOf("ja", acceptLanguage) <= weightOf("en", acceptLanguage)) return problem;
  return { ...problem, title: renderMessage(message(`problem.${problem.code}`), "ja") };
}

/** The weight of a language, 0 where it is not named. */
function weightOf(language: string, acceptLanguage = ""): number {
  const weights = acceptLanguage.split(",").map((part) => {
    const [, name = "", weight = "1"] = RANGE.exec(part) ?? [];
    return name.toLowerCase() === language ? Number(weight) : 0;
  });
  return Math.max(0, ...weights);
}
