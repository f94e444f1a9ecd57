import type { z } from "zod";

import { isMessage, message, type Message } from "../../messages/message.ts";

/** What a check of a schema's own says: zod hands on a text alone, so the message travels in it. */
export function ownIssueText(said: Message): string {
  return JSON.stringify(said);
}

/** What zod found wrong at one place. */
export function issueMessage(issue: z.core.$ZodIssue): Message {
  switch (issue.code) {
    case "invalid_type":
      return message("input.expected", { expected: issue.expected });
    case "too_small":
      return message("input.too-small", { limit: String(issue.minimum) });
    case "too_big":
      return message("input.too-big", { limit: String(issue.maximum) });
    case "invalid_format":
      return message("input.format", { format: issue.format });
    case "invalid_value":
      return message("input.one-of", { values: issue.values.map(String) });
    case "unrecognized_keys":
      return message("input.unknown-key", { hint: issue.keys.join(", ") });
    case "custom":
      return ownMessage(issue.message);
    default:
      return message("input.not-valid");
  }
}

function ownMessage(text: string): Message {
  try {
    const value: unknown = JSON.parse(text);
    if (isMessage(value)) return value;
  } catch {
    // A text that is none of ours.
  }
  return message("input.not-valid");
}
