import type { CauseId } from "../../../protocol/cause.ts";
import { CAUSE_TEXTS } from "../../../protocol/cause-texts.ts";
import type { Language } from "../../../terminal/language.ts";
import type { LineOf } from "./output-line.ts";

/** Causes with their texts, as the JSON lines have them. */
export function causeLines(
  causes: readonly CauseId[],
  language: Language,
): LineOf<"job">["causes"] {
  return causes.map((id) => ({ id, ...CAUSE_TEXTS[id][language] }));
}
