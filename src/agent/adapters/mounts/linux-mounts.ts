import { promises as nodeFs, readFileSync } from "node:fs";

import type { HostMounts } from "./host-mounts.ts";

/** A read of a table of twenty lines takes less than 0.2 ms: as often as this it is not noticed. */
const TABLE_AGE_MS_MAX = 100;

/** The mount table of Linux. */
export class LinuxMounts implements HostMounts {
  readonly #read: () => string;
  readonly #nowMs: () => number;
  #text: string | undefined;
  #readAtMs = -Infinity;

  constructor(
    read = (): string => readFileSync("/proc/self/mountinfo", "utf8"),
    nowMs = (): number => performance.now(),
  ) {
    this.#read = read;
    this.#nowMs = nowMs;
  }

  table(isNow: boolean): string | undefined {
    const nowMs = this.#nowMs();
    if (!isNow && nowMs - this.#readAtMs < TABLE_AGE_MS_MAX) return this.#text;
    this.#readAtMs = nowMs;
    try {
      this.#text = this.#read();
    } catch {
      // No /proc, as in some sandboxes: the file system alone tells then.
      this.#text = undefined;
    }
    return this.#text;
  }

  realpath(path: string): Promise<string> {
    return nodeFs.realpath(path);
  }
}
