import { message } from "../../messages/message.ts";
import { invalidArgument } from "../../command-line/invalid-argument.ts";

/** Reads a whole number from 1 out of an argument; what is none is a usage error. */
export function parseNumber(text: string): number {
  const value = /^[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw invalidArgument(message("usage.whole-number"));
  return value;
}
