import { InvalidArgumentError } from "commander";

import { isMessage, message, type Message } from "../messages/message.ts";

/**
 * What a parser of an argument or an option throws for a value that is none. commander makes one text
 * of it and of what it was given for, so the message travels in it as JSON (`reasonInText`).
 */
export function invalidArgument(reason: Message): InvalidArgumentError {
  return new InvalidArgumentError(JSON.stringify(reason));
}

/** The reason out of a text that commander made around what a parser threw. */
export function reasonInText(text: string): Message {
  const choices = /^Allowed choices are (.*)\.$/s.exec(text)?.[1];
  if (choices !== undefined) return message("usage.allowed", { values: choices.split(", ") });
  try {
    const value: unknown = JSON.parse(text);
    if (isMessage(value)) return value;
  } catch {
    // A text of a parser that says nothing of ours.
  }
  return message("usage.not-understood");
}
