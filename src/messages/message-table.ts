import type { Words } from "../terminal/language.ts";

/**
 * The texts of one topic by their codes, which are stable: histories, JSON lines and support cases have
 * them. A code is `<topic>.<what>`. Where a param goes stands `{name}`; `{name:count}` shows a number
 * with separators, `{name:bytes}` as a size, `{name:lines}` a text with its line breaks,
 * `{name:clauses}` several texts set apart as those are that have commas in them, and `{name|file|files}` one of two words by a number.
 */
export type MessageTable = Readonly<Record<`${string}.${string}`, Words>>;
