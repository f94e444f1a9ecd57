import { isMessage, message, type Message } from "../../messages/message.ts";

/** A message as a column has it: JSON. */
export function storedMessage(said: Message | null): string | null {
  return said === null ? null : JSON.stringify({ code: said.code, params: said.params });
}

/** The message of a column. What an earlier agent wrote there, in English, is said as it is. */
export function readMessage(text: string | null): Message | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    if (isMessage(value)) return value;
  } catch {
    // No JSON: a text of an earlier agent.
  }
  return message("run.earlier-text", { text });
}
