import { randomBytes } from "node:crypto";
import { closeSync, openSync, rmSync, statSync, writeSync } from "node:fs";

import type { SpaceReserve } from "../ports/database.ts";

/** Enough for the end of a job, with the rows of all that was on its way, its slot and its mail. */
export const RESERVE_BYTES = 256 * 1024;

/** Space kept by a file of its own, which is removed when it is needed. */
export class FileReserve implements SpaceReserve {
  readonly #path: string;
  #isKept: boolean;

  constructor(path: string) {
    this.#path = path;
    this.#isKept = statSync(path, { throwIfNoEntry: false })?.size === RESERVE_BYTES;
  }

  get isKept(): boolean {
    return this.#isKept;
  }

  keep(): boolean {
    try {
      const file = openSync(this.#path, "w", 0o600);
      try {
        // What compresses well would keep no space on disks that compress.
        const bytes = randomBytes(RESERVE_BYTES);
        for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
      } finally {
        closeSync(file);
      }
      this.#isKept = true;
    } catch {
      this.release();
    }
    return this.#isKept;
  }

  release(): void {
    this.#isKept = false;
    rmSync(this.#path, { force: true });
  }
}
