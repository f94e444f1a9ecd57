import { MESSAGES } from "./messages.ts";

/** The code of one text; see `MESSAGES`. */
export type MessageCode = keyof typeof MESSAGES;

/** What a text may be given: itself a text, a name or a number of its topic, or several of them. */
export type MessageParam = string | number | Message | readonly (string | Message)[];

/**
 * Something that is said to people, before it is known in which language: it can be kept, and handed
 * on, and becomes a sentence where it is shown (`renderMessage`). Never holds a secret.
 */
export interface Message {
  readonly code: MessageCode;
  readonly params: Readonly<Record<string, MessageParam>>;
}

/** What stands between the braces of a text. */
type Slots<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? Slot | Slots<Rest>
  : never;

type NameOf<Slot extends string> = Slot extends `${infer Name}:${string}`
  ? Name
  : Slot extends `${infer Name}|${string}`
    ? Name
    : Slot;

type ParamsOf<Code extends MessageCode> = {
  readonly [Name in NameOf<Slots<(typeof MESSAGES)[Code]["en"]>>]: MessageParam;
};

/** Makes a message; its params are those that its text names. */
export function message<Code extends MessageCode>(
  code: Code,
  ...[params]: keyof ParamsOf<Code> extends never ? [] : [params: ParamsOf<Code>]
): Message {
  return { code, params: params ?? {} };
}

/** Whether a value from outside, or from an earlier version, is a message of today. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null) return false;
  if (!("code" in value) || !("params" in value)) return false;
  return typeof value.code === "string" && Object.hasOwn(MESSAGES, value.code);
}
