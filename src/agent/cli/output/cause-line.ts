import { CAUSES, type CauseId } from "../../../protocol/causes/causes.ts";
import type { Language } from "../../../terminal/language.ts";
import type { LineOf } from "./output-line.ts";

/** Causes with their texts, as the JSON lines have them. */
export function causeLines(
  causes: readonly CauseId[],
  language: Language,
): LineOf<"job">["causes"] {
  return causes.map((id) => ({ id, ...CAUSES[id][language] }));
}
