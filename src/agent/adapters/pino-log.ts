import { renameSync, statSync } from "node:fs";

import { destination, pino, type Logger } from "pino";

import type { Log, LogLevel } from "../ports/log.ts";

/** How a log is kept. */
export interface PinoLogOptions {
  /** Bytes at which the file is set aside and a new one begun. Default 5 MiB. */
  readonly rotateBytes?: number;
  /** How many files set aside are kept, as `agent.log.1` (newest) and so on. Default 3. */
  readonly keptFileCount?: number;
  /** Whether this process may rotate; only one process at a time should. Default true. */
  readonly mayRotate?: boolean;
}

/** Names of fields that never reach the file, wherever they stand (I10). */
const SECRET_FIELDS = ["password", "token", "authorization", "cookie", "secret", "deviceKey"];

/**
 * The agent's log as JSON lines in one file, owner-readable, bounded in size. Callers pass no
 * secrets; fields that are named like one are blotted out all the same, up to two levels deep.
 * A line that was written is with the operating system when `write` returns.
 */
export class PinoLog implements Log {
  readonly #path: string;
  readonly #rotateBytes: number;
  readonly #keptFileCount: number;
  readonly #mayRotate: boolean;
  readonly #destination: ReturnType<typeof destination>;
  readonly #logger: Logger;
  #isClosed = false;

  private constructor(path: string, options: PinoLogOptions) {
    this.#path = path;
    this.#rotateBytes = options.rotateBytes ?? 5 * 1024 * 1024;
    this.#keptFileCount = options.keptFileCount ?? 3;
    this.#mayRotate = options.mayRotate ?? true;
    this.#destination = destination({ dest: path, sync: true, mkdir: true, mode: 0o600 });
    this.#logger = pino(
      {
        level: "debug",
        base: { pid: process.pid },
        messageKey: "event",
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: {
          paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
          censor: "[removed]",
        },
      },
      this.#destination,
    );
  }

  /** Opens the log file, creating it and its folder when they are not there. */
  static open(path: string, options: PinoLogOptions = {}): PinoLog {
    return new PinoLog(path, options);
  }

  /** Writes a line; nothing once the log is closed, since a late line must not end the process. */
  write(level: LogLevel, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (this.#isClosed) return;
    this.#rotateWhenFull();
    this.#logger[level](fields, event);
  }

  /** Writes what is buffered and lets go of the file. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#destination.flushSync();
    this.#destination.end();
  }

  #rotateWhenFull(): void {
    if (!this.#mayRotate || this.#sizeBytes() < this.#rotateBytes) return;
    for (let age = this.#keptFileCount - 1; age >= 1; age -= 1) {
      renameIfThere(`${this.#path}.${age}`, `${this.#path}.${age + 1}`);
    }
    renameIfThere(this.#path, `${this.#path}.1`);
    this.#destination.reopen();
  }

  #sizeBytes(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }
}

function renameIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}
