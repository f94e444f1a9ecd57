import { message } from "../../messages/message.ts";
import { invalidArgument } from "../../command-line/invalid-argument.ts";

/** Reads the value of an option that is a whole number from 0. Throws `InvalidArgumentError`. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw invalidArgument(message("usage.whole-number-or-zero"));
  return Number(text);
}
