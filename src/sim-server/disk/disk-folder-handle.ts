import { bytesOfName } from "./name-bytes.ts";
import type { DiskNode } from "./disk-node.ts";
import { DiskKind } from "./disk-stats.ts";

/** One entry of an open folder, as Node's `Dirent`; its name is bytes or text as was asked for. */
export class DiskEntry<Name extends string | Buffer> extends DiskKind {
  readonly name: Name;
  readonly parentPath: string;

  constructor(name: Name, parentPath: string, node: DiskNode) {
    super(node.kind);
    this.name = name;
    this.parentPath = parentPath;
  }
}

/** A name in the encoding asked for. Text replaces undecodable bytes by U+FFFD, as Node does. */
export function encodeName(name: string, encoding: "buffer"): Buffer;
export function encodeName(name: string, encoding: "buffer" | undefined): string | Buffer;
export function encodeName(name: string, encoding: "buffer" | undefined): string | Buffer {
  if (encoding === "buffer") return bytesOfName(name);
  return name.isWellFormed() ? name : bytesOfName(name).toString();
}

/**
 * An open folder, as Node's `Dir`. It gives the entries that were there when it was opened, each
 * once; walking through it to the end, or leaving the walk early, closes it.
 */
export class DiskFolderHandle<Name extends string | Buffer> implements AsyncIterable<
  DiskEntry<Name>
> {
  readonly path: string;
  readonly #entries: Iterator<DiskEntry<Name>>;
  #open = true;

  constructor(path: string, entries: Iterator<DiskEntry<Name>>) {
    this.path = path;
    this.#entries = entries;
  }

  /** The next entry; `null` after the last. */
  async read(): Promise<DiskEntry<Name> | null> {
    return this.readSync();
  }

  /** The same at once. */
  readSync(): DiskEntry<Name> | null {
    if (!this.#open) throw closedError();
    const { done, value } = this.#entries.next();
    return done === true ? null : value;
  }

  /** Closes it; rejects with ERR_DIR_CLOSED when it is closed, as Node does. */
  async close(): Promise<void> {
    this.closeSync();
  }

  /** The same at once. */
  closeSync(): void {
    if (!this.#open) throw closedError();
    this.#open = false;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<DiskEntry<Name>, undefined> {
    try {
      for (;;) {
        const entry = await this.read();
        if (entry === null) return;
        yield entry;
      }
    } finally {
      this.#open = false;
    }
  }
}

function closedError(): Error {
  return Object.assign(new Error("Directory handle was closed"), { code: "ERR_DIR_CLOSED" });
}
