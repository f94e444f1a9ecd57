import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { dirname } from "node:path";

import { pino, type Logger } from "pino";

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
 * A line that was written is with the operating system when `write` returns; one that the disk does not take
 * is lost, and the tool goes on.
 */
export class PinoLog implements Log {
  readonly #path: string;
  readonly #rotateBytes: number;
  readonly #keptFileCount: number;
  readonly #mayRotate: boolean;
  readonly #file: LogFile;
  readonly #logger: Logger;
  #isClosed = false;

  private constructor(path: string, options: PinoLogOptions) {
    this.#path = path;
    this.#rotateBytes = options.rotateBytes ?? 5 * 1024 * 1024;
    this.#keptFileCount = options.keptFileCount ?? 3;
    this.#mayRotate = options.mayRotate ?? true;
    this.#file = new LogFile(path);
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
      this.#file,
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

  /** Lets go of the file. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#file.close();
  }

  #rotateWhenFull(): void {
    if (!this.#mayRotate || this.#sizeBytes() < this.#rotateBytes) return;
    for (let age = this.#keptFileCount - 1; age >= 1; age -= 1) {
      renameIfThere(`${this.#path}.${age}`, `${this.#path}.${age + 1}`);
    }
    renameIfThere(this.#path, `${this.#path}.1`);
    this.#file.reopen();
  }

  #sizeBytes(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }
}

function renameIfThere(from: string, to: string): void {
  if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, to);
}

/**
 * The file that lines go to. A disk that takes none, for one because it is full, is no reason for the tool to end:
 * what a person has to know of it is said elsewhere.
 */
class LogFile {
  readonly #path: string;
  #file: number;
  /** Whether the disk took a line only in part. */
  #isCut = false;

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#file = this.#open();
  }

  write(line: string): void {
    // What comes behind a part of a line is to be a line all the same.
    const bytes = Buffer.from(this.#isCut ? `\n${line}` : line);
    let at = 0;
    try {
      while (at < bytes.length) at += writeSync(this.#file, bytes, at);
      this.#isCut = false;
    } catch {
      this.#isCut ||= at > 0;
    }
  }

  /** Goes on in a new file where the old one got another name. */
  reopen(): void {
    this.close();
    this.#file = this.#open();
  }

  close(): void {
    closeSync(this.#file);
  }

  #open(): number {
    return openSync(this.#path, "a", 0o600);
  }
}
