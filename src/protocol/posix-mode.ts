import { z } from "zod";

/** The permission bits of a file or folder: read, write and execute of three classes, set-ID and sticky. */
export const MODE_BITS = 0o7777;

/** Permission bits as four octal digits, as `chmod` takes them. */
export const modeSchema = z.string().regex(/^[0-7]{4}$/);

/** Permission bits as the contract writes them. */
export function formatMode(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}

/** Permission bits that fit `modeSchema`. */
export function parseMode(text: string): number {
  return Number.parseInt(text, 8);
}
