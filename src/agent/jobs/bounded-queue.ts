/**
 * A queue between two stages that holds at most `limit` items: the one who puts waits while it is
 * full, the one who takes waits while it is empty. Several may take. Once closed, what is in it can
 * still be taken.
 */
export class BoundedQueue<Item> {
  readonly #limit: number;
  readonly #items: Item[] = [];
  readonly #takers: ((item: Item | undefined) => void)[] = [];
  readonly #putters: (() => void)[] = [];
  #closed = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for room. */
  async put(item: Item): Promise<void> {
    while (this.#items.length >= this.#limit) {
      await new Promise<void>((resolve) => this.#putters.push(resolve));
    }
    const taker = this.#takers.shift();
    if (taker === undefined) this.#items.push(item);
    else taker(item);
  }

  /** Waits for an item; `undefined` once the queue is closed and empty. */
  take(): Promise<Item | undefined> {
    const item = this.#items.shift();
    if (item !== undefined) {
      this.#putters.shift()?.();
      return Promise.resolve(item);
    }
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** Nothing more will be put. */
  close(): void {
    this.#closed = true;
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }
}
