import type { MemoryBudget } from "./memory-budget.ts";
import type { ListenerLink } from "./listener-link.ts";

/** The bytes of one content, in the pieces in which they arrived. */
export interface StoredBytes {
  readonly sizeBytes: number;
  readonly chunks: readonly Buffer[];
}

interface CountedBytes extends StoredBytes {
  holderCount: number;
}

/** Is told of contents. */
export interface BytesListener {
  /** A content came that was not held yet. */
  content(sha256: string, bytes: StoredBytes): void;
  contentGone(sha256: string): void;
}

/**
 * Where the bytes of all generations are, by their SHA-256: one content is held once however many
 * generations have it. What a contract is charged for is not decided here; it pays for every
 * generation (D6). Knows nothing of paths.
 */
export class BytesStore {
  readonly #memory: MemoryBudget;
  readonly #journal: ListenerLink<BytesListener> | undefined;
  readonly #contents = new Map<string, CountedBytes>();

  /** An empty store that takes its bytes from `memory`. */
  constructor(memory: MemoryBudget, journal?: ListenerLink<BytesListener>) {
    this.#memory = memory;
    this.#journal = journal;
  }

  /**
   * Adds one holder of a content; its bytes are taken in when it is new. Refuses with
   * `insufficient-capacity`, changing nothing, when memory does not hold them.
   */
  hold(sha256: string, bytes: StoredBytes): void {
    const known = this.#contents.get(sha256);
    if (known !== undefined) {
      known.holderCount += 1;
      return;
    }
    this.#memory.take(bytes.sizeBytes);
    this.#contents.set(sha256, { ...bytes, holderCount: 1 });
    this.#journal?.to?.content(sha256, bytes);
  }

  /** Takes one holder away; with the last one the bytes are gone. */
  release(sha256: string): void {
    const known = this.#contents.get(sha256);
    if (known === undefined) throw new Error(`released bytes nobody holds: ${sha256}`);
    known.holderCount -= 1;
    if (known.holderCount > 0) return;
    this.#contents.delete(sha256);
    this.#memory.give(known.sizeBytes);
    this.#journal?.to?.contentGone(sha256);
  }

  /** The bytes of a content that somebody holds. */
  read(sha256: string): StoredBytes {
    const known = this.#contents.get(sha256);
    if (known === undefined) throw new Error(`no bytes are held for ${sha256}`);
    return known;
  }

  /** How many different contents are held: nothing may be left when all files are gone. */
  get contentCount(): number {
    return this.#contents.size;
  }
}
