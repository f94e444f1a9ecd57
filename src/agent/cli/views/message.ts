import type { Message } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import type { Language } from "../../../terminal/language.ts";
import { sharedSchema } from "../output/line-kind.ts";

/** A sentence as what it was made of. */
const messageSchema = sharedSchema(({ z }) =>
  z.strictObject({
    code: z.string().min(1).describe("Stays the same whatever the language."),
    params: z
      .record(z.string(), z.unknown())
      .describe("Names and numbers in it, or what it is made of: messages in their turn."),
  }),
);

/** The members of a row that say why it is as it is. */
export const detailSchema = sharedSchema((parts) => ({
  detail: parts.z.string().nullable().describe("Why, for people, in the command's language."),
  detailMessage: messageSchema(parts).nullable().describe("The same for programs."),
}));

/** These members of a row. */
export function detailMembers(
  detail: Message | null,
  language: Language,
): {
  detail: string | null;
  detailMessage: { code: string; params: Record<string, unknown> } | null;
} {
  if (detail === null) return { detail: null, detailMessage: null };
  const { code, params } = detail;
  return {
    detail: renderMessage(detail, language),
    detailMessage: { code, params: { ...params } },
  };
}
