import { renderMessage } from "../../../messages/render-message.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import type { Language, Words } from "../../../terminal/language.ts";
import type { WaitNews } from "../../ports/wait.ts";
import { instantOrNull } from "../output/instant-text.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

/** What the tool waits for. */
export const WAITING_LINE = lineKind("waiting", "schema.line-waiting", ({ z, instant }) => ({
  event: z.enum(["no-answer", "retry", "over"]),
  way: z.string().nullable().describe("schema.waiting-way"),
  reason: z.string().nullable().describe("schema.waiting-reason"),
  nextTryAt: instant.nullable().describe("schema.waiting-next"),
  until: instant.nullable().describe("schema.waiting-until"),
}));

/** The members of a `waiting` line. */
export function waitingMembers(
  { kind, way, reason, nextTryAtMs, untilMs }: WaitNews,
  language: Language,
): LineMembers<typeof WAITING_LINE> {
  return {
    event: kind,
    way,
    reason: reason === null ? null : renderMessage(reason, language),
    nextTryAt: instantOrNull(nextTryAtMs),
    until: instantOrNull(untilMs),
  };
}

/** What people are told: what for, when it is tried again, and until when. */
export function waitingWords({ reason, nextTryAtMs, untilMs }: WaitNews): Words {
  if (reason === null) {
    return { ja: "応答がありました。続けます。", en: "There is an answer again; going on." };
  }
  const ja = renderMessage(reason, "ja");
  const en = renderMessage(reason, "en");
  const until = (language: Language): string => formatTime(untilMs, language);
  if (nextTryAtMs === null) {
    return {
      ja: `応答を待っています（${ja}）。${until("ja")} まで待ちます。`,
      en: `Waiting for an answer (${en}), until ${until("en")}.`,
    };
  }
  const next = (language: Language): string => formatTime(nextTryAtMs, language);
  return {
    ja: `待っています（${ja}）。次は ${next("ja")} に試し、${until("ja")} まで続けます。`,
    en: `Waiting (${en}). Next try at ${next("en")}; given up at ${until("en")}.`,
  };
}

/** Tells programs and people, each in their way, and people on standard error. */
export function reportWaiting(news: WaitNews, output: Output): void {
  output.json(WAITING_LINE, waitingMembers(news, output.language));
  output.note(waitingWords(news));
}
