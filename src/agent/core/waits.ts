import type { ExchangeFailure } from "../../protocol/causes/exchange-failure.ts";
import type { Message } from "../../messages/message.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { WaitNews } from "../ports/wait.ts";

/** Nothing is told sooner than this after what was told before, but that a wait is over. */
const TOLD_EVERY_MS_MIN = 10_000;

/** A wait that goes on for the same reason is told again after so long. */
const TOLD_AGAIN_MS = 60_000;

/** A wait as whoever waits knows it; milliseconds from now. */
interface WaitState {
  readonly reason: Message;
  /** Absent: nothing failed yet. */
  readonly way?: ExchangeFailure;
  /** Absent: there is no next try yet. */
  readonly nextTryInMs?: number;
  readonly leftMs: number;
}

/** One who may have to wait. */
export interface Waiter {
  /** It waits, or waits on. */
  waits(state: WaitState): void;
  /** It does not wait any more; `isAnswered`: because what it waited for came. */
  ends(isAnswered: boolean): void;
}

interface WaitsOptions {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Tells, to the log and to whoever listens, what is waited for: at once when the first
 * begins to wait, again when the reason changes or a minute passed, and when nobody waits any more.
 * Many that wait at once are told of as one, and never more often than every ten seconds.
 */
export class Waits {
  readonly #options: WaitsOptions;
  readonly #listeners = new Set<(news: WaitNews) => void>();
  readonly #waiting = new Set<Waiter>();
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #told: WaitState | undefined;

  constructor(options: WaitsOptions) {
    this.#options = options;
  }

  /** Calls `listener` with all that is told from now on; returns how to take that back. */
  watch(listener: (news: WaitNews) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Somebody who may have to wait for something. */
  waiter(): Waiter {
    const waiter: Waiter = {
      waits: (state) => {
        this.#waiting.add(waiter);
        this.#wait(state);
      },
      ends: (isAnswered) => {
        if (this.#waiting.delete(waiter) && this.#waiting.size === 0) this.#end(isAnswered);
      },
    };
    return waiter;
  }

  #wait(state: WaitState): void {
    const sinceMs = this.#options.clock.elapsedMs() - this.#toldAtMs;
    if (sinceMs < TOLD_EVERY_MS_MIN) return;
    const isNews = this.#told === undefined || this.#told.way !== state.way;
    if (!isNews && sinceMs < TOLD_AGAIN_MS) return;
    const { reason, way = null, nextTryInMs, leftMs } = state;
    this.#told = state;
    const nowMs = this.#options.clock.nowMs();
    this.#tell("warn", {
      kind: way === null ? "no-answer" : "retry",
      reason,
      way,
      nextTryAtMs: nextTryInMs === undefined ? null : Math.round(nowMs + nextTryInMs),
      untilMs: Math.round(nowMs + leftMs),
    });
  }

  #end(isAnswered: boolean): void {
    if (this.#told === undefined) return;
    this.#told = undefined;
    if (!isAnswered) return;
    this.#tell("info", {
      kind: "over",
      reason: null,
      way: null,
      nextTryAtMs: null,
      untilMs: null,
    });
  }

  #tell(level: "warn" | "info", news: WaitNews): void {
    const { clock, log } = this.#options;
    this.#toldAtMs = clock.elapsedMs();
    log.write(level, "waiting", { ...news });
    for (const listener of this.#listeners) listener(news);
  }
}
