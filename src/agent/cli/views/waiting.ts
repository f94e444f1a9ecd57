import { renderMessage } from "../../../messages/render-message.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import type { Language, Words } from "../../../terminal/language.ts";
import type { WaitNews } from "../../ports/wait.ts";
import { instantOrNull } from "../output/instant-text.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

/** What the tool waits for. */
export const WAITING_LINE = lineKind(
  "waiting",
  "The tool waits for the service or a mail server: when that begins, when its reason changes or a minute passed, and when it is over.",
  ({ z, instant }) => ({
    event: z.enum(["no-answer", "retry", "over"]),
    way: z.string().nullable().describe("How an exchange failed; null where none did yet."),
    reason: z.string().nullable().describe("What for, in the command's language; null when over."),
    nextTryAt: instant.nullable().describe("Null where there is no next try."),
    until: instant.nullable().describe("When it is given up; null when it is over."),
  }),
);

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
