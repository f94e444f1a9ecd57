import { hash } from "node:crypto";

/** A short name for bytes in a trace line: the first 12 hex digits of their SHA-256. */
export function digest(content: string | Uint8Array): string {
  return hash("sha256", content).slice(0, 12);
}
