import type { Activity } from "../kernel/activity.ts";
import type { Timers } from "../kernel/timers.ts";

/** The end a link delivers to. */
export interface LinkReceiver {
  /** Takes a chunk, or `null` for the end; false when it wants no more until `Link.resume`. */
  deliver(chunk: Buffer | null): boolean;
  /** The other end gave up: ECONNRESET. */
  reset(): void;
}

/** What a link does once so many bytes have passed. */
export interface LinkCut {
  readonly afterBytes: number;
  readonly happen: () => void;
}

/**
 * What a sender may hand over before it has to wait, as a kernel's send buffer: with it a small
 * message is "sent" although nobody has read it yet.
 */
const SEND_BUFFER_BYTES = 64 * 1024;

/** A throttled link passes slices of a tenth of a second, so that idle timers see the bytes move. */
const SLICES_PER_SECOND = 10;

interface Item {
  chunk: Buffer | "end" | "reset";
  readonly readyAtMs: number;
  readonly sent: (() => void) | undefined;
}

/**
 * One direction of a connection: bytes in order, with the delay, rate and cut that faults gave it.
 * Nothing is delivered in the stack of the one who sends. A link that is down keeps what it has; a
 * silent one loses everything and tells nobody.
 */
export class Link {
  readonly #timers: Timers;
  readonly #activity: Activity;
  readonly #receiver: LinkReceiver;
  readonly #queue: Item[] = [];
  #queuedBytes = 0;
  #wanted = true;
  #scheduled = false;
  #cancelTimer: (() => void) | undefined;
  #freeAtMs = 0;
  #passedBytes = 0;
  #state: "up" | "down" | "silent" | "closed" = "up";
  /** Milliseconds each chunk is under way. */
  latencyMs = 0;
  /** Bytes per second; 0 is no limit. */
  bytesPerSecond = 0;
  cut: LinkCut | undefined;
  /** Told just before bytes are delivered; what it does to the link, they meet. */
  beforePassing: () => void = () => undefined;
  /** Told whenever bytes were delivered. */
  onPassed: () => void = () => undefined;

  constructor(timers: Timers, activity: Activity, receiver: LinkReceiver) {
    this.#timers = timers;
    this.#activity = activity;
    this.#receiver = receiver;
  }

  /** Bytes sent and not yet delivered. */
  get queuedBytes(): number {
    return this.#queuedBytes;
  }

  /** Bytes delivered. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** Sends a chunk; it now belongs to the link. Calls `sent` when the sender may go on. */
  send(chunk: Buffer, sent: () => void): void {
    if (this.#state === "closed") return sent();
    const fits = this.#queuedBytes + chunk.length <= SEND_BUFFER_BYTES;
    if (this.#state === "silent") {
      // Nobody acknowledges: the buffer fills once, then the sender waits for ever.
      this.#queuedBytes += chunk.length;
      if (fits) sent();
      return;
    }
    this.#queuedBytes += chunk.length;
    this.#enqueue(chunk, fits ? undefined : sent);
    if (fits) sent();
  }

  /** Sends the end of the stream after all that was sent before. */
  end(): void {
    if (this.#state === "closed" || this.#state === "silent") return;
    this.#enqueue("end", undefined);
  }

  /** Sends a reset after all that was sent before; at once when the receiver takes nothing now. */
  reset(): void {
    if (this.#state === "closed" || this.#state === "silent") return;
    if (!this.#wanted) {
      this.#drop();
      this.#wanted = true;
    }
    this.#enqueue("reset", undefined);
  }

  /** The receiver wants more. */
  resume(): void {
    this.#wanted = true;
    if (this.#queue.length > 0) this.#schedule();
  }

  /** The cable is out: everything waits until `up`. */
  down(): void {
    if (this.#state === "up") this.#state = "down";
  }

  /** The cable is in again; what waited goes on. */
  up(): void {
    if (this.#state !== "down") return;
    this.#state = "up";
    this.#schedule();
  }

  /** From now on nothing arrives, what is under way included, and nobody is told. */
  silence(): void {
    if (this.#state === "closed") return;
    this.#drop();
    this.#state = "silent";
  }

  /** Drops what is under way; whatever is sent from now on is accepted and lost. */
  close(): void {
    const waiting = this.#drop();
    this.#state = "closed";
    for (const sent of waiting) sent();
  }

  #drop(): (() => void)[] {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    const waiting = this.#queue.flatMap((item) => item.sent ?? []);
    this.#queue.length = 0;
    this.#queuedBytes = 0;
    return waiting;
  }

  #enqueue(chunk: Item["chunk"], sent: (() => void) | undefined): void {
    const readyAtMs = this.latencyMs === 0 ? 0 : this.#timers.elapsedMs() + this.latencyMs;
    this.#queue.push({ chunk, readyAtMs, sent });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#cancelTimer !== undefined) return;
    this.#scheduled = true;
    process.nextTick(this.#pump);
  }

  readonly #pump = (): void => {
    this.#scheduled = false;
    while (this.#wanted && this.#state === "up") {
      const item = this.#queue[0];
      if (item === undefined) return;
      const waitMs = this.#waitMs(item);
      if (waitMs > 0) {
        this.#cancelTimer = this.#timers.setTimer(waitMs, () => {
          this.#cancelTimer = undefined;
          this.#pump();
        });
        return;
      }
      this.#activity.bump();
      if (item.chunk === "end") {
        this.#queue.shift();
        this.#receiver.deliver(null);
      } else if (item.chunk === "reset") {
        this.#queue.shift();
        this.#receiver.reset();
      } else {
        this.#pass(item, item.chunk);
      }
    }
  };

  #waitMs(item: Item): number {
    const untilMs = Math.max(item.readyAtMs, this.#freeAtMs);
    return untilMs === 0 ? 0 : Math.ceil(untilMs - this.#timers.elapsedMs());
  }

  #pass(item: Item, chunk: Buffer): void {
    this.beforePassing();
    // Cut, silenced or taken down in that very moment.
    if (this.#queue[0] !== item || this.#state !== "up") return;
    let length = chunk.length;
    if (this.bytesPerSecond > 0) {
      length = Math.min(length, Math.max(1, Math.floor(this.bytesPerSecond / SLICES_PER_SECOND)));
    }
    const cut = this.cut;
    if (cut !== undefined) length = Math.min(length, cut.afterBytes - this.#passedBytes);
    if (length < chunk.length) item.chunk = chunk.subarray(length);
    else this.#queue.shift();
    this.#queuedBytes -= length;
    this.#passedBytes += length;
    if (this.bytesPerSecond > 0) {
      this.#freeAtMs = this.#timers.elapsedMs() + (length * 1000) / this.bytesPerSecond;
    }
    this.onPassed();
    if (length > 0) this.#wanted = this.#receiver.deliver(chunk.subarray(0, length));
    if (length === chunk.length) item.sent?.();
    if (cut !== undefined && this.#passedBytes >= cut.afterBytes) {
      this.cut = undefined;
      cut.happen();
    }
  }
}
