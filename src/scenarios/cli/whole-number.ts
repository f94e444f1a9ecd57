import { InvalidArgumentError } from "commander";

/** Reads the value of an option that is a whole number from 0. Throws `InvalidArgumentError`. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("give a whole number");
  return Number(text);
}
