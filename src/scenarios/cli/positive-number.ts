import { message } from "../../messages/message.ts";
import { invalidArgument } from "../../command-line/invalid-argument.ts";

/** Reads the value of an option that is a whole number from 1. Throws `InvalidArgumentError`. */
export function positiveNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalidArgument(message("usage.whole-number"));
  return Number(text);
}
