import { printable } from "./printable.ts";
import { formatBytes, formatCount } from "../terminal/format-bytes.ts";
import type { Language } from "../terminal/language.ts";
import type { Message, MessageParam } from "./message.ts";
import { MESSAGES } from "./messages.ts";

const SLOT = /\{(\w+)(?::(count|bytes|lines|clauses)|\|([^|}]*)\|([^}]*))?\}/g;

/** What stands between the texts of a list. */
const SEPARATORS: Readonly<Record<Language, string>> = { ja: "、", en: ", " };

/** The same where the texts have lists in them. */
const CLAUSE_SEPARATORS: Readonly<Record<Language, string>> = { ja: "；", en: "; " };

/** The sentence of a message. What is no letter in a param is shown escaped (`printable`). */
export function renderMessage({ code, params }: Message, language: Language): string {
  return MESSAGES[code][language].replace(
    SLOT,
    (_slot, name: string, format?: string, one?: string, several?: string) => {
      const param = params[name] ?? "";
      if (one !== undefined) return param === 1 ? one : (several ?? "");
      if (typeof param === "number" && format === "count") return formatCount(param);
      if (typeof param === "number" && format === "bytes") return formatBytes(param);
      if (typeof param === "string" && format === "lines") {
        return param.split("\n").map(printable).join("\n");
      }
      return renderParam(param, language, format === "clauses" ? CLAUSE_SEPARATORS : SEPARATORS);
    },
  );
}

function renderParam(
  param: MessageParam,
  language: Language,
  separators: Readonly<Record<Language, string>>,
): string {
  if (typeof param === "string") return printable(param);
  if (typeof param === "number") return String(param);
  if (!isSeveral(param)) return renderMessage(param, language);
  return param.map((one) => renderParam(one, language, separators)).join(separators[language]);
}

function isSeveral(
  param: Exclude<MessageParam, string | number>,
): param is readonly (string | Message)[] {
  return Array.isArray(param);
}
