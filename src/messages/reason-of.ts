import { isMessage, message, type Message } from "./message.ts";
import { SpokenError } from "./spoken-error.ts";

/**
 * What a thrown thing says to people: its own reason, what the operating system's code means, or that
 * the program itself failed. Texts that Node or a library made are English, and are left to logs.
 */
export function reasonOf(error: unknown): Message {
  if (error instanceof SpokenError) return error.reason;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string") {
    return message("system.program-error", { name: error instanceof Error ? error.name : "Error" });
  }
  const known = { code: `system.${code}`, params: {} };
  return isMessage(known) ? known : message("system.other", { code });
}
