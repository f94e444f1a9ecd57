import type { Message } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import type { Language } from "../../../terminal/language.ts";
import { sharedSchema } from "../output/line-kind.ts";

/** A sentence as what it was made of. */
export const messageSchema = sharedSchema(({ z }) =>
  z.strictObject({
    code: z.string().min(1).describe("schema.message-code"),
    params: z.record(z.string(), z.unknown()).describe("schema.message-params"),
  }),
);

interface MessageMembers {
  readonly code: string;
  readonly params: Record<string, unknown>;
}

/** A message in a line. */
export function messageMembers(said: Message | null): MessageMembers | null {
  return said === null ? null : { code: said.code, params: { ...said.params } };
}

/** The members of a row that say why it is as it is. */
export const detailSchema = sharedSchema((parts) => ({
  detail: parts.z.string().nullable().describe("schema.reason"),
  detailMessage: messageSchema(parts).nullable().describe("schema.reason-message"),
}));

/** These members of a row. */
export function detailMembers(
  detail: Message | null,
  language: Language,
): { detail: string | null; detailMessage: MessageMembers | null } {
  return {
    detail: detail === null ? null : renderMessage(detail, language),
    detailMessage: messageMembers(detail),
  };
}

/** The members of news that say why something did not come about; null when it did. */
export const reasonSchema = sharedSchema((parts) => ({
  reason: parts.z.string().nullable().describe("schema.reason"),
  reasonMessage: messageSchema(parts).nullable().describe("schema.reason-message"),
}));

/** These members. */
export function reasonMembers(
  reason: Message | null | undefined,
  language: Language,
): { reason: string | null; reasonMessage: MessageMembers | null } {
  return {
    reason: reason === null || reason === undefined ? null : renderMessage(reason, language),
    reasonMessage: messageMembers(reason ?? null),
  };
}
