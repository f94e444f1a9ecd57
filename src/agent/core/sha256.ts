// oxlint-disable-next-line no-restricted-imports -- a pure calculation: no I/O and no entropy
import { createHash, hash } from "node:crypto";

/** SHA-256 of bytes in memory, as lower-case hexadecimal. */
export function sha256Hex(bytes: Uint8Array): string {
  return hash("sha256", bytes, "hex");
}

/** A SHA-256 that is fed piece by piece. */
export interface RunningSha256 {
  update(bytes: Uint8Array): void;
  /** The digest as lower-case hexadecimal; nothing can be fed afterwards. */
  hex(): string;
}

/** Starts a SHA-256. */
export function startSha256(): RunningSha256 {
  const running = createHash("sha256");
  return {
    update: (bytes) => void running.update(bytes),
    hex: () => running.digest("hex"),
  };
}
